-- Two letters start thousands of names: walking communes from the biggest finds eight at once.
create index zone_population on territory.zone (population desc) where kind in ('commune', 'municipal_arrondissement');
