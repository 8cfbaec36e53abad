/** True names of many countries, written by hand: not one may be refused. */
const BY_COUNTRY: Record<string, string> = {
	France:
		"Jean-Paul Dupont|Jean‑Paul Sartre|Zoë Lefèvre|Anaïs Hébert|Loïc Le Gall|Maëlys Guéguen|Françoise d'Aubigné|Éloïse de La Tour d’Auvergne|Gaël Kervella|Noël Çelik|Benoît L'Hostis|Cœur-de-Lion Œuvrard|Lætitia Fœssel|Marie-Ève Saint-Éxupéry|Hélène N'Guyen|Jérôme Le Goff|Océane Goarant|Aÿmeric d’Haÿ|Anne de Coëtquen|Fañch Bernard|Derc'hen Pennec|Maï-Lan Tran|Jean-François Béarn-Lasserre|Charles du Roÿ|Ghislaine L’Haÿ-les-Roses|Xavier Dos Santos|M’Barek Aït Ali|O. Dupré|Thérèse « Zézé » Caron|Marie (née Petit) Durand",
	'Corse, Pays basque, Catalogne, Occitanie':
		'Ghjuvan Battì Colonna d’Istria|Petru-Santu Leca|Maddalena Ottavi|Iñaki Etxeberria|Mayi Etcheverry|Jokin Goñi|Nerea Ibarretxe|Núria Puig i Ferrer|Jordi Gal·la|Montserrat Soler-Pasqual|Joan-Pau Verdièr|Frederic Mistrau|Estève Castanhèr',
	Ultramarins:
		'Kévin Hoareau|Teuira Tehei’ura|Hinano Teri’i|Vaimiti Tuihani|Teva ʻAriʻi|Wassa Wéa Wakajawa|Téa Jean-Marie Tjibaou|Saïd Ben Moussa|Andréa Mtoubani|Ti-Jo Zénon|Guy-José Élie-dit-Cosaque|Aïssatou Soumaré-Payet',
	'Italie, Espagne, Portugal, Amérique latine':
		'Niccolò Dell’Aquila|Nicolò D’Alì|Maria Degl’Innocenti|José Ñáñez Ibáñez|María-José Carreño Quiñones|Íñigo Errejón|Begoña Peña|Ángel Núñez Yáñez|Güelfo Argüelles|João da Conceição|Inês Magalhães Gonçalves|Conceição D’Almeida|António Simões|Luís Inácio da Silva|Mauro D’Ávila|Sebastián Piñera|Ximena Güiraldes|Nahuel Huenchumil|Atahualpa Yupanqui|Quispe Mamani Condori|Yolotl Xóchitl|Itzel Ku’uk|Ñusta Quilla|Tupã Guaraní|Iracema Mbyá|Andrés Manuel López Obrador|Dolors Miquel|Uxía Senlle|Brais Méndez|Xosé Manuel Núñez',
	'Royaume-Uni, Irlande':
		"O’Brien|Seán Ó Ríordáin|Máire Ní Bhrádaigh|Caoimhín Ó Caoláin|Siobhán O'Neill|Pádraig Mac Giolla Phádraig|Ffion ap Siôn|Rhŷs Llŷr|Gwenllïan ferch Owain|Sorley MacGill-Eain|Mòrag NicDhòmhnaill|St. John-Stevas|Henry Jones III|Martin Luther King Jr.|J. R. R. Tolkien|Zoé d’Arcy|Beyoncé Knowles-Carter|X Æ A-12|Renée Fleming|Daphne du Maurier",
	'Allemagne, Autriche, Suisse, Alsace':
		'Jürgen Müller|Käthe Weiß|Jörg Großmann|Ute Schröder-Köpf|Ursula von der Leyen|Karl-Theodor zu Guttenberg|Björn Höß|Ägidius Öttinger|Heiß Überall|Reto Zürcher|Gian-Andri Caduff|Flurin Caviezel|Schwìtzer Hàns|Anne-Käthi Bühler|Ödön von Horváth|Max Frisch|Mevlüt Özdağ|Hansjörg Wyß',
	'Pays-Bas, Belgique':
		"Jan van ’t Hoff|Pieter 't Hart|Anneke van den Berg|Daniël de Ridder|Zoë IJzerman|Renée d’Hondt|Gérard 's Gravesande|Joël Van der Elst|Michaël Vandenbrœck|Chloë Ysebaert|Siôn Jansma|Wytske Fûgelsang|Sjoerd Wâldstra",
	'Danemark, Norvège, Suède, Finlande, Islande':
		'Søren Kierkegård|Bjørn Ærø|Åse Østergård|Mærsk Møller|Jens Ødegaard|Håkon Brænden|Gro Bråthen|Åsa Lindström|Björn Öberg|Märta Häkansson|Väinö Äijälä|Yrjö Hämäläinen|Þór Þorsteinsson|Guðrún Ægisdóttir|Björk Guðmundsdóttir|Ásgeir Hörður|Sæunn Önundardóttir|Niillas Somby|Áile Ŋuolla|Máret Ánne Sara|Čearrá Đuoddara|Beaivi Ŧuori|Jógvan á Lakjuni|Høgni Hoydal|Kuupik Kleist|Múte Bourup Egede',
	'Pologne, Tchéquie, Slovaquie, Hongrie':
		'Łukasz Żółć|Wisława Szymborska|Zbigniew Brzęczyszczykiewicz|Święcicka Małgorzata|Źdźbło Ćwiek|Agnieszka Bąk-Król|Dvořák Antonín|Jiří Čapek|Zdeněk Šťastný|Ůlehla Růžena|Kateřina Němcová|Ľudovít Štúr|Andrej Ďuriš|Žofia Ťažká|Ŕepka Ĺuba|Gyula Kőváry|Győző Szűcs|Ágnes Őry|Ödön Üveges|Erzsébet Tóth-Szűts',
	'Roumanie, Moldavie, Albanie':
		'Ștefan Țurcanu|Ion Brâncuși|Mihăiță Lăcătuș|Ana Bălănescu|Gheorghe Vlăduț|Călin Popescu-Tăriceanu|Şerban Ţepeş|Çlirim Hoxha|Përparim Gjëloshi|Shqipë Zëri|Arbër Krasniqi|Mënd Xhaferi',
	'Croatie, Serbie, Bosnie, Slovénie, Monténégro':
		'Đorđe Šćekić|Željko Čvrsnić|Nikola Žižić|Ljubiša Đukić|Hrvoje Ćosić|Janša Črt|Špela Žagar|Ђорђе Ћирић|Његош Љубиша|Џевад Џокић|Јелена Јанковић|Снежана Живковић|Драган Ђурић|Ћамил Сијарић|Вељко Божовић',
	'Baltes, Turquie, Azerbaïdjan':
		'Jānis Kalniņš|Ķirsons Ģirts|Ļubova Ņikitina|Šūmane Žanete|Vytautas Žemaitis|Ąžuolas Čepaitis|Ėglė Šešėlgytė|Rūta Jūraitė-Ųselienė|Õnne Põldma|Jüri Väljaäär|Šukshin Žürri|Şükrü Saraçoğlu|İbrahim Işık|Gülçin Öztürk|Iğdır Çağlar|Ayşe Yıldırım|Ömer Üçgül|Ğani Şahin|Əli Ağayev|Şəhriyar Məmmədov|Çingiz Əhmədov|Nərgiz Qafarova',
	Grèce:
		'Νίκος Καζαντζάκης|Ελένη Παπαδοπούλου|Γιώργος Σεφέρης|Μελίνα Μερκούρη|Ιωάννης Ξενάκης|Οδυσσέας Ελύτης|Αλέξης Τσίπρας|Ζωή Κωνσταντοπούλου|Άννα-Μαρία Ψαρρά|Θεόδωρος Ρούσσος|Χρήστος Ὀλύμπιος|Φώτης Υψηλάντης|Κώστας Μητσοτάκης-Βαρδινογιάννης|Ἀριστοτέλης Ὠνάσης|Μαΐρη Λεΐμονα|Προΰσιος Αΰτης',
	'Russie, Ukraine, Bélarus, Bulgarie, Macédoine, Asie centrale':
		"Владимир Маяковский|Анна Ахматова|Лев Толстой|Пётр Ильич Чайковский|Мария Складовская-Кюри|Ёлка Ёжикова|Юрий Щербаков|Екатерина Объедкова|Олексій Їжакевич|Софія Ґудзь|Мар’яна Лук’яненко|Ігор Єрмаков|Дем'ян Щур|Юлія Тимошенко|Аляксандр Дубоўскі|Ірына Быкаў|Васіль Ўладзіміраў|Иван Вазов|Тодор Живков|Петър Дънов|Ѓорѓи Ќосев|Ѕвездан Ѓорѓиев|Нұрсұлтан Әбішұлы|Қасым-Жомарт Тоқаев|Гүлнәр Өмірбаева|Айгүл Үсенова|Чыңгыз Айтматов|Наргиза Ҳайдарова|Ғафур Ғулом|Ҷамшед Ӯроқов|Баатар Цэрэндорж|Өнөржаргал Бат-Эрдэнэ|Алсу Җәлилова|Рәшит Ваһапов|Тимӗр Ӑшӑкка|Ӏаьна Ӏалиев|Къарча Пӏатӏа",
	'Arménie, Géorgie':
		'Շառլ Ազնավուր|Արամ Խաչատրյան|Անահիտ Հովհաննիսյան|Վարդան Մամիկոնյան|Նարինե Աբգարյան|Եղիշե Չարենց|Հովհաննէս Թումանեան|შოთა რუსთაველი|ნინო ქაჯაია|გიორგი მარგველაშვილი|თამარ ჭავჭავაძე|ილია ჭავჭავაძე|მარიამ ძნელაძე|ვაჟა-ფშაველა',
	'Monde arabe':
		'محمد|فاطمة الزهراء|محمد بن عبد الله|عائشة القذافي|نجيب محفوظ|أحمد زويل|إبراهيم آل سعود|مَرْيَم الخُورِي|يوسف شاهين|لؤي كيّالي|هدى شعراوي|سيّد درويش|عبد الرّحمن مُنيف|ليلى بن علي|رؤوف مسعد|غسان كنفاني|بُثَيْنة عيسى|ضياء العزّاوي|Aïcha Ben Bouzïd|M’hamed Benguettaf|Fatima-Zohra El Alaoui|Noureddine Ou‑Saïd|Moḥamed Ḥamdān|ʿAbd al-Qādir|Māʾ al-ʿAynayn|Khaled Al-Asa’ad|Nūr ad-Dīn az-Zankī|Dʹjamel Bouhired',
	'Iran, Afghanistan, Pakistan, Kurdistan, Ouïghours':
		'علی‌رضا پناهیان|محمدرضا شجریان|گلشیفته فراهانی|شیرین عبادی|سید‌محمد خاتمی|ژاله آموزگار|مهسا ژینا امینی|پروین اعتصامی|چنگیز ځدراڼ|ښاپېرۍ ډېوه|ګل مکۍ|نصرت فتح علی خان|ملالہ یوسفزئی|بےنظیر بھٹو|ڈاکٹر عبدالسلام|شێرکۆ بێکەس|ڕێبوار عەلی|لەیلا زانا|ئەلەم تەمكىن|رابىيە قادىر|Şêrko Bêkes|Lêyla Qasim|Mûrad Çelebî',
	'Israël, Syriaques':
		'דוד בן־גוריון|שָׂרָה לֵוִי|יצחק רבין|רות ביידר גינזבורג|ז׳בוטינסקי זאב|ג׳ורג׳ עזרא|עמוס עוז|צ׳רנה מוסקוביץ|נחמיה הכט־שלום|ܐܦܪܝܡ ܣܘܪܝܝܐ|ܡܪܝܡ ܥܒܕܐ|ܫܡܥܘܢ ܒܪܨܒܥܐ',
	'Kabylie, Amazigh':
		'Lɛerbi Azwaw|Ɣanima At Ɛmer|Lounès Aït Menguellet|Dda Lmulud At Mɛemmer|Taneḍlit Iḥeddaden|Mouloud N’Aït|Ṭaher Ğaout|ⵎⴰⵙⵙⵉⵏⵉⵙⴰ|ⵜⵉⵀⵢⴰ ⵜⴰⵣⵉⵔⵉ|ⵢⵓⴱⴰ ⴰⵎⵖⵏⴰⵙ',
	"Afrique de l'Ouest et centrale":
		"N'Diaye Aminata|N’Golo Kanté|Awa M'Baye|Ousmane Sembène|Aïssata Bâ|Kɔfi Mɛnsa|Yaw Ɔsɛe|Afua Ɛdzi|Ɖeka Ŋuti|Ƒoli Dzɔgbe|Wọlé Ṣóyíńká|Ọlábísí Adébáyọ̀|Ngọzị Ọkọnjọ-Iweala|Chimamanda Ńgọ́zí Adichie|Ɓala Ɗanjuma|Ƙasim Ƴar’Adua|Ɗan Fodiyo|Fatim Jàllo|Hawa Ɓah|Kwamé N’Krumah|Djénéba Seck|Yéro Mɓallo|Moussa Ag Assarid|Mbaïlao Mianbé|Ngarta Tombalbaye|Sylvie Mbang-Ndɔŋ|Bəti Əyanga|Ambroise Kom Nd’Zié|Tété-Michel Kpomassie|Ama Ata Aïdoo|ߊߡߊ߬ߘߎ߬|ߝߊߕߎ ߖߊ߬ߟߏ߬|𞤀𞤣𞤢𞤥 𞤄𞤢𞥄|ꕙꔤ ꕉꕜ",
	"Afrique de l'Est et australe":
		"Ngũgĩ wa Thiong'o|Wangarĩ Maathai|Julius Nyerere|Abiy Aḥmäd|አበበ ቢቂላ|መንግሥቱ ኃይለ ማርያም|ተስፋዬ ገብረአብ|ሐና ሰናይት|ǃXóõ ǂKhomani|Kx’ao ǃUi|ǀUi ǁXegwi|Nkosazana Dlamini-Zuma|Ntombi Mqhayi|Tšhepo Motšwane|Ṱhizwilondi Ḓavhana|Mulalo Ṋemutudi|Rakotoarisoa Andrianampoinimerina|Andriamanitrarivololona Ny Aina|Hery Rajaonarimampianina|Š. Mokoena|Xolile !Xuma|Faadumo Xasan|𐒋𐒘𐒈𐒑𐒛𐒒",
	Inde: 'नरेन्द्र दाभोलकर|सावित्रीबाई फुले|भीमराव आंबेडकर|सुभाष चन्द्र बोस|लक्ष्मी|রবীন্দ্রনাথ ঠাকুর|বেগম রোকেয়া|সত্যজিৎ রায়|কাজী নজরুল ইসলাম|ਗੁਰੂ ਗੋਬਿੰਦ ਸਿੰਘ|ਅੰਮ੍ਰਿਤਾ ਪ੍ਰੀਤਮ|મહાત્મા ગાંધી|ઝવેરચંદ મેઘાણી|ଫକୀର ମୋହନ ସେନାପତି|சுப்பிரமணிய பாரதி|ஔவையார்|ரா. கி. ரங்கராஜன்|తిక్కన సోమయాజి|చిరంజీవి|ಕುವೆಂಪು|ಗಿರೀಶ್ ಕಾರ್ನಾಡ್|തുഞ്ചത്ത് എഴുത്തച്ഛൻ|അരുന്ധതി റോയ്|ക്രിസ്‌റ്റീന|Śaṅkara Ācārya|A. P. J. Abdul Kalam|ᱥᱟᱫᱷᱩ ᱨᱟᱢ|ꯏꯔꯣꯝ ꯁꯔꯃꯤꯂꯥ|अक्षय कुमार शर्मा‍|शक्‍ति सिंह',
	'Sri Lanka, Népal, Tibet, Bhoutan, Maldives':
		'ශ්‍රී ජයවර්ධන|චන්ද්‍රිකා කුමාරතුංග|මහින්ද රාජපක්ෂ|लक्ष्मीप्रसाद देवकोटा|पासाङ ल्हामु शेर्पा|བསྟན་འཛིན་རྒྱ་མཚོ|སྒྲོལ་མ|འཇིགས་མེད་གེ་སར།|މުޙައްމަދު ނަޝީދު|އިބްރާހީމް',
	'Birmanie, Thaïlande, Laos, Cambodge':
		'အောင်ဆန်းစုကြည်|နေဝင်း|သန်းရွှေ|ปรีดี พนมยงค์|สุนทรภู่|ยิ่งลักษณ์ ชินวัตร|ณัฐวุฒิ ศรีสุข|ສຸພານຸວົງ|ໄກສອນ ພົມວິຫານ|ບຸນຍັງ ວໍລະຈິດ|នរោត្តម សីហនុ|សម រង្ស៊ី|ព្រះច័ន្ទ',
	'Viêt Nam':
		'Nguyễn Thị Minh Khai|Trần Hưng Đạo|Lê Quý Đôn|Phạm Ngọc Thạch|Võ Nguyên Giáp|Hồ Xuân Hương|Đặng Thùy Trâm|Bùi Xuân Phái|Ngô Bảo Châu|Huỳnh Phú Sổ|Đỗ Thị Hải Yến|Lý Thường Kiệt|Nguyễn Phúc Ưng Lịch|Ỷ Lan',
	'Chine, Taïwan, Hong Kong':
		'王小明|李娜|欧阳修|歐陽菲菲|司马相如|張學良|陳水扁|蔡英文|诸葛亮|阿依古丽·买买提|艾力·木沙江|𠮷野|䶮龑|ㄇㄚ小明|吕思勉|Lǐ Bái|Lü Bù|Tsai Ing-wen|Chiang Kai‐shek',
	Japon:
		'佐々木 希|山田 太郎|さくら ももこ|高橋 ヒロシ|スズキ イチロー|渡邊 𠮷田|辻󠄀 邦生|ジョン・スミス|髙﨑 一郎|宮﨑 駿|小野 ヨーコ|ｽｽﾞｷ ﾀﾛｳ|Ōe Kenzaburō|Shin’ichi Ōno|Kōji Yūki|ティアラ ゞ子|麗らか 〆野',
	'Corée, Mongolie':
		'이영희|김대중|남궁 민|황보 관|한강|박근혜|金大中 김|ᄒᆞᆫᄀᆞᆯ|Pak Kŭn-hye|Yi Sŭng-man|ᠴᠢᠩᠭᠢᠰ ᠬᠠᠭᠠᠨ|ᠰᠦᠬᠡᠪᠠᠭᠠᠲᠤᠷ',
	'Indonésie, Philippines, Océanie, Autochtones':
		"Soekarno|Pramoedya Ananta Toer|Ida Bagus Ngurah|ꦱꦸꦏꦂꦤ|ᬇᬤ ᬩᬕᬸᬲ᭄|Ma. Peñafrancia Dimaculangan|Niño Muhlach|Sēfulu Tūʻakitau|Liliʻuokalani Kamakaʻeha|Kamehameha ʻEkahi|Dame Whina Cooper|Māui Tāne Mahuta|Ngā Hau e Whā|Sialeʻataongo Tuʻimalila|Ki'ilani K. Kaʻahumanu|Lozen N’de|Nááts’ádí Begay|Łitso Dzilth|Sḵwx̱wú7mesh Xwalacktun|Lhexéq’ Stó:lō|ᐃᓄᒃ ᑭᐊᓪᓚᒃ|ᏎᏉᏯ|ᎠᏂᎦᏚᏩᎩ ᏥᏍᏚ|𐓏𐓘𐓻𐓘𐓻𐓟|Ñuu Savi|Wara Wara K’ana|Kuʼkʼ Bʼalam",
	Particularités:
		'Li|Ng|O|Y|Å|Ö|J.|Marie-Thérèse-Charlotte-Élisabeth-Alexandrine de Montmorency-Luxembourg-Piney|Jean  Double   Espace|D´Almeida|O`Connor|Renee\u0301 De\u0301compose\u0301|Nguye\u0302\u0303n|Elizabeth II|Charles 3|Mary Ann O’Malley-Ní Ghráinne|Dr. Ann-Sofie Bäck, PhD|Anne/Andrea|Sœur Marie-des-Anges|Abbé Pierre|La Môme Piaf|Dj Ñ|Amélie+Paul Martin|Jean_Marc|d’|E\u0301tienne & fils',
};

export const TRUE_NAMES: readonly string[] = Object.values(BY_COUNTRY).flatMap((line) => line.split('|'));
