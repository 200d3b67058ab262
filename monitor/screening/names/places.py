"""Places: in brackets they are part of a name, behind a comma they are an address.

"(UK)" and "(Tumushuk)" are no short names, and ", Kirov" is where a party sits. The table holds the
countries, and the regions and cities where listed parties are; it refuses to be a gazetteer: a
place that it does not know is a word like any other.
"""

_PLACES_TEXT = """
uk usa us uae prc hk roc rok dprk rf ussr eu ksa eg de fr nl jp kr cn ru tw sg my za br in
afghanistan albania algeria angola argentina armenia australia austria azerbaijan bahamas
bahrain bangladesh barbados belarus belgium belize bolivia bosnia brazil brasil britain brunei
bulgaria burma cambodia cameroon canada chad chile china colombia congo croatia cuba cyprus
czech czechia denmark deutschland djibouti dominica ecuador egypt england eritrea estonia
eswatini ethiopia fiji finland france gabon gambia georgia germany ghana greece guatemala guinea
guyana haiti honduras hungary iceland india indonesia iran iraq ireland israel italia italy
jamaica japan jordan kazakhstan kenya korea kosovo kuwait kyrgyz kyrgyzstan laos latvia lebanon
liberia libya liechtenstein lithuania luxembourg macao macau macedonia madagascar malaysia
maldives mali malta mauritius mexico moldova monaco mongolia montenegro morocco mozambique
myanmar namibia nepal netherlands nicaragua niger nigeria norway oman pakistan palestine panama
paraguay peru philippines poland polska portugal qatar romania russia rossiya russian rwanda
scotland senegal serbia seychelles singapore slovakia slovenia somalia spain sudan suriname
swaziland sweden switzerland syria taiwan tajikistan tanzania thailand togo tunisia turkey
turkiye turkmenistan uganda ukraine uruguay uzbekistan venezuela vietnam wales yemen zambia
zimbabwe africa asia europe america zealand lanka arabia emirates leone hong kong rica salvador
crimea crimean dagestan donetsk luhansk chechnya tatarstan siberia ural urals siberian kurdistan
anhui beijing chongqing fujian gansu guangdong guangxi guizhou hainan hebei heilongjiang henan
hubei hunan jiangsu jiangxi jilin liaoning ningxia qinghai shaanxi shandong shanghai shanxi
sichuan tianjin tibet xinjiang yunnan zhejiang xuar hongkong kowloon anshan baoding baotou
bantian bengbu bozhou changchun changji changsha changzhou chengdu chuzhou dalian dandong datong
dongguan foshan fuzhou guangzhou guian guilin guiyang haikou handan hangzhou harbin hefei hohhot
huizhou huzhou jiaxing jinan jinhua kashgar hetian hotan karamay kelamayi kunming kunshan
langfang lanzhou lhasa lianyungang liyang luoyang mianyang nanchang nanjing nanning nantong
ningbo putian qingdao quanzhou shaoxing shenyang shenzhen shihezi shijiazhuang suzhou taian
taiyuan taizhou tangshan tongling tumushuk tumushuke tumxuk turfan turpan hami altay aksu wuhan
wuhu wuxi wujiaqu wulanchabu urumqi xiamen xian xiangyang xining xuzhou yancheng yantai yangzhou
yichang yinchuan zhangjiagang zhengzhou zhenjiang zhongshan zhuhai zhuzhou zibo tsim sha tsui
kwun tong wanchai kwai chung mongkok shatin langley haidian chaoyang nanshan futian longgang
pudong minhang hunnan baoan binjiang fengtai taipei hsinchu taichung kaohsiung tainan taoyuan
moscow moskva petersburg leningrad arkhangelsk arzamas astrakhan balashikha barnaul belgorod
bryansk cheboksary chelyabinsk dolgoprudny dubna ekaterinburg fryazino irkutsk ivanovo izhevsk
kaliningrad kaluga kazan kemerovo kerch khabarovsk khimki kirov kolomna komsomolsk korolev
kostroma krasnodar krasnoyarsk kurgan kursk lipetsk magnitogorsk miass murmansk mytishchi
naberezhnye novgorod nizhny nizhniy novokuznetsk novorossiysk novosibirsk obninsk omsk orel
orenburg penza perm pskov rostov ryazan rybinsk samara saransk saratov sarov sergiev posad
sevastopol severodvinsk severomorsk shchelkovo simferopol smolensk sochi stavropol surgut
syktyvkar taganrog tambov tolyatti tomsk tula tver tyumen ufa ukhta ulyanovsk vladimir
vladivostok volgograd volgodonsk vologda voronezh votkinsk yalta yaroslavl yekaterinburg
yelabuga zelenograd zelenodolsk zhukovsky zhukovskiy feodosia yugorsk noyabrsk yamburg kiev kyiv
kharkiv kharkov odessa lviv mariupol minsk gomel brest grodno vitebsk mogilev orsha almaty
astana tashkent bishkek dushanbe yerevan tbilisi baku ashgabat chisinau tallinn riga vilnius
helsinki vantaa lappeenranta tehran isfahan esfahan shiraz tabriz mashhad qom karaj kish bushehr
ahvaz baghdad basra mosul erbil damascus aleppo homs latakia beirut amman cairo alexandria
khartoum juba tripoli dubai sharjah ajman fujairah jebel deira dhabi riyadh jeddah doha manama
muscat sanaa aden istanbul ankara izmir antalya bursa gaziantep adana konya mersin nicosia
limassol larnaca islamabad karachi lahore rawalpindi peshawar faisalabad multan sialkot quetta
wah kabul kandahar herat jalalabad delhi mumbai bombay bangalore bengaluru chennai hyderabad
kolkata pune ahmedabad dhaka chittagong colombo kathmandu yangon rangoon mandalay naypyidaw
bangkok hanoi jakarta surabaya kuala lumpur penang selangor johor labuan manila seoul busan
incheon pyongyang tokyo osaka nagoya yokohama kyoto london manchester birmingham dublin paris
lyon toulouse berlin munich hamburg frankfurt dresden dusseldorf stuttgart cologne nuremberg
vienna zurich geneva basel bern lugano milan rome turin madrid barcelona lisbon amsterdam
rotterdam hague eindhoven brussels antwerp copenhagen stockholm oslo gothenburg warsaw krakow
prague brno budapest bucharest sofia plovdiv belgrade zagreb athens piraeus valletta toronto
montreal ottawa vancouver calgary quebec ontario york texas california florida chicago houston
miami angeles francisco boston delaware tortola paulo rio janeiro bogota medellin lima quito
caracas havana buenos aires santiago mexico city sydney melbourne brisbane perth johannesburg
pretoria durban nairobi lagos accra casablanca
"""
PLACES = frozenset(_PLACES_TEXT.split())
"""Words that name a place, folded; a place of several words is in it word by word."""

_PLACE_WORDS_TEXT = """
city province district region oblast krai republic county prefecture municipality territory town
village area zone north south east west central new great of the and saint st special
administrative autonomous people peoples
"""
PLACE_WORDS = frozenset(_PLACE_WORDS_TEXT.split())
"""What stands beside the name of a place and is none itself."""

_STREET_WORDS_TEXT = """
street str road rd avenue ave lane boulevard building bldg block room rm flat floor suite unit
tower house office box highway square prospekt ulitsa bulvar shosse mah cad sok sokak no jalan
plot headquarters hq district
"""
STREET_WORDS = frozenset(_STREET_WORDS_TEXT.split())


def is_place(words: tuple[str, ...]) -> bool:
    """Whether these words say a place and nothing else."""
    return any(word in PLACES for word in words) and all(
        word in PLACES or word in PLACE_WORDS for word in words
    )


def is_street(words: tuple[str, ...]) -> bool:
    """Whether these words are a line of an address: "Building 647", "Liebefeld Street"."""
    return any(word in STREET_WORDS for word in words) and (
        words[0] in STREET_WORDS or words[-1] in STREET_WORDS or _numbered(words)
    )


def _numbered(words: tuple[str, ...]) -> bool:
    return any(word[0] == "#" for word in words)
