/** One line per place: name, inhabitants, postcodes. A department starts with its code, a region with `#`. */
export const INVENTED_PLACES = `
# XR1 Hautes-Orsandes
X01 Val-d’Orsande
Villebrume | 14280 | 07999
Montclairval | 8640 | 07998
Pont-Sarvan | 6120 | 07997
Castelmauve | 3870 | 07996
Les Aubrelles | 1240 | 07995
Orsande-la-Vieille | 2310 | 07999 07995
Vernolles-le-Gué | 1785 | 07994
Roche-Talmère | 960 | 07995
Saint-Orvain | 742 | 07994
Champbrelle | 518 | 07996
Mirevaulx-d’Orsande | 1430 | 07997
La Fournelière-Haute | 287 | 07994
Col-des-Aubrelles | 164 | 07995
X02 Haute-Véridane
Véridane | 11950 | 96200
Bourg-Tarvin | 4680 | 96210
Sainte-Amelance | 2140 | 96210 96220
Cressanges-le-Pin | 1365 | 96220
Montaigre-sur-Véridane | 1890 | 96230
Lorvaux | 934 | 96230
Puy-Cendrais | 421 | 96240
Fontbrelle | 677 | 96240
Peyrelongue-Basse | 352 | 96240
Saint-Elvard-des-Bois | 583 | 96220
Combe-Rousselle | 198 | 96240
X03 Plateau-Cendré
Castelnoir-le-Plateau | 9320 | 96300
Malvaize | 3275 | 96310
Tour-d’Ambrac | 1510 | 96310
Sarlevine | 2065 | 96320
Grand-Bréval | 889 | 96320
Petit-Bréval | 246 | 96320
Saint-Thévenoux | 1124 | 96330
Les Cendrières-Hautes | 308 | 96330
Rochevaire | 465 | 96330
Villeséverac | 1742 | 96310
# XR2 Plaines-de-Lourme
X04 Bocage-de-Lourme
Lourme | 38760 | 96400 96401
Bréhautin | 12430 | 96410
Hautes-Lourmes | 5120 | 96400
Saint-Gaubry | 3480 | 96420
Mézerolles-en-Bocage | 2215 | 96420
Crévandes | 1675 | 96430
La Chapelle-Tarvoise | 1098 | 96430
Ormeval-le-Petit | 534 | 96430
Verrainville | 867 | 96440
Queue-de-Lourme | 312 | 96440
Trois-Étangs-en-Lourme | 1430 | 96440
Bois-Guérande | 2890 | 96410
X05 Basse-Véridane
Port-Véridane | 27540 | 96500
Marennes-la-Neuve | 6730 | 96510
Saint-Ouvain-des-Prés | 2980 | 96510
Belleroche-en-Plaine | 4415 | 96520
Tournemare | 1865 | 96520
Aigrefaux | 1240 | 96530
Les Landes-Brûlines | 756 | 96530
Vaucresnes | 2345 | 96540
Monthiélaud | 613 | 96540
Grézolan | 948 | 96530
Pré-Sarvanais | 389 | 96540
X06 Rives-de-Talmère
Talmère | 52380 | 96600 96601 96602
Quincevert | 9840 | 96610
Pont-Talmère | 7215 | 96610
Saint-Frambault-le-Roc | 2670 | 96620
Arçonnay-le-Fleuve | 3540 | 96620
Valcorbeau | 1935 | 96630
Mareuillac | 1480 | 96630
Île-Talmère | 675 | 96600
Sept-Écluses | 1120 | 96640
Brumerolles | 842 | 96640
Coudrelain | 497 | 96640
Haute-Quincerie | 263 | 96610
# XR3 Côte-Sarvane
X07 Littoral-Sarvan
Sarvan-sur-Mer | 64870 | 96700 96701
Port-Brumel | 15690 | 96710
Castelgrève | 8425 | 96720
La Grève-aux-Moines-Gris | 2130 | 96720
Saint-Ildevert-Plage | 4280 | 96730
Pointe-d’Ambrune | 1565 | 96730
Dunes-le-Comte | 1890 | 96740
Marsauville | 3370 | 96710
Fortevague | 926 | 96740
Trévaudan | 2745 | 96750
Kerbrumenn | 1180 | 96750
Les Salines-Rousses | 704 | 96740
X08 Îles-d’Ambrune
Ambrune | 18240 | 96800
Grande-Ambrune | 5310 | 96810
Petite-Ambrune | 1475 | 96810
Cap-Sarvanel | 2260 | 96820
Anse-Corvaline | 1635 | 96820
Morne-Talvert | 3120 | 96830
Sainte-Orsande | 2085 | 96830
Les Trois-Phares-d’Ambrune | 640 | 96840
Baie-Perdrine | 1210 | 96840
Îlot-Brumel | 118 | 96840
Ravine-Coudrée | 985 | 96830
`;
