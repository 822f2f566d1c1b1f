"""Words that news outlets swap for one another when they reword a text: spellings, demonyms and near synonyms."""

from functools import lru_cache

from articles.text.stems import stems

_GROUPS = """
troops soldiers forces servicemen military army
retake recapture reclaim regain wrest wrestle
capture seize take overrun took taken taking
say said says tell told tells state stated note noted add added assert asserted remark remarked comment commented
area region territory zone district
country nation state
group grouping bloc alliance
area territory land
hold keep maintain held kept
willing willingness ready readiness prepared
deploy put send sent sending dispatch station
lead spearhead head led
assemble form build create forge establish construct construction built
talks negotiations discussions dialogue
necessary crucial essential vital needed
violate breach break breaking broke broken
accept embrace agree agreed
stop cease halt end
criticise lambast condemn slam denounce criticism
clear certain
unclear uncertain
keen eager
joined attended participated
meet reconvene convene met gather gathered meeting
chief leader head boss
premier
down downed
shoot shot
hit struck
aim intend intended seek sought aimed attempt try trying tried
protect safeguard guard secure
help aid assist assistance
strengthen bolster reinforce boost
war conflict
fight fighting battle battles clashes combat
attack strike raid assault
dead killed die died deaths fatalities kill dies perish fatal deadly
injured wounded hurt injuries
rise increase climb grow grew growth risen rose rising increased surge soar jump gain raise raised hike
fall drop decline decrease fell fallen plunge plummet slump tumble dip
arrest detain detained arrested
resign quit resigned
begin start launch open initiate began begun started launched opened initiated commence
show demonstrate prove shown demonstrated
blaze fire wildfire bushfire flames inferno
quake earthquake tremor
flood floods flooding deluge
storm hurricane cyclone typhoon
crash collision collide smash
police officers
probe investigation inquiry investigate investigators
vote ballot
deal agreement pact accord treaty
truce ceasefire
announce declare unveil announced declared
reject refuse dismiss rejected refused dismissed
urge call ask appeal urged called asked demanded demand
warn caution warned cautioned alert alarm
accuse blame accused blamed allege allegation accusation
deny denied denial
ban bar prohibit outlaw forbid forbade forbidden
buy acquire purchase bought acquired acquisition takeover
sell sold sale
company firm corporation business
employees workers staff workforce labourers laborers employ
layoff layoffs redundancies
children child kids kid youngsters
home house houses homes household
doctor physician doctors
hospital clinic
judge magistrate
lawyer attorney lawyers solicitor barrister
lawsuit suit
law legislation
huge massive enormous vast
small little tiny
large big major
quick rapid fast swift
several some
persist continue ongoing persisted continued
show suggest indicate hint suggested indicated hinted
offer propose suggest bid
plan envisage envisaged planned
reiterate repeat reiterated repeated
response reply reaction answer
complete utter total full
only solely merely
serve demonstrates
reach achieve attain
game match
win victory won beat triumph
lose lost defeat loss
car vehicle automobile
plane aircraft jet airliner
ship vessel boat
evacuate flee fled evacuated
rescue save
village hamlet
missing unaccounted
near
two pair
additional more extra further
close closed closure shut shutter
plant factory
share stock
profit earnings
year annual yearly annually
month monthly
week weekly
day daily
cut slash reduce reduction trim
expect anticipate
estimate reckon
manufacture produce production
maker manufacturer
shareholder stockholder
executive ceo
merge merger combine
savings synergies
subsidies subsidy grant
wage salary
customer client shopper
fault flaw defect defective
mistake error
repay refund reimburse
ruling governing
parliament legislature assembly
lawmaker legislator mp parliamentarian
election electoral
voter electorate
candidate contender
promise pledge vow commitment
threat threaten
support endorse
approve approval ratify
suspend pause
resume restart
decide decision
jail prison imprison imprisonment
charge count
jury juror
bribe bribery corruption corrupt
prosecutor prosecution
testimony evidence testify
convict conviction
acquit exonerate
suspect suspicion
kidnap abduct abduction
deport deportation expel expulsion
verdict judgment
protester demonstrator
rally march
militant insurgent rebel
missile rocket
gunman shooter attacker assailant
explosion explode blast
firefighter fireman firemen
motorway highway freeway
railway railroad rail
freight cargo
power electricity electric
resident inhabitant
passenger traveller commuter
rain rainfall downpour
destroy raze demolish destruction devastate ruin wreck
serious severe
body corpse
dawn sunrise daybreak
noon midday
temporary makeshift interim provisional
coast shore
harbour port
border frontier
south southern
north northern
east eastern
west western
city town
coach manager
team squad
fan supporter
spectator crowd attendance
season campaign
photo photograph picture image
scientist researcher
student pupil
disease illness
medicine medication drug
father dad
mother mum mom
teenager teen
insurance insure insured
receive obtain
give gave given provide
remain stay
move shift relocate transfer
find discover recover
examine inspect check
cause trigger spark
convince persuade
repair fix mend
allow permit
exceed surpass
prevent avoid avert
search hunt
knock bang
telephone phone
reveal disclose
need require
biggest largest greatest
fewer less
nearly almost
grinder grind
stadium arena
marry wed wedding marriage
praise hail laud applaud
appoint nominate appointment
oust sack sacked
money cash
steal stole stolen theft rob robbed robbery loot heist burglary burgle; thief thieves robber burglar
leak seep ooze gush spill spilt; unharmed unhurt uninjured unscathed; drift float; question interrogate quiz
captain skipper; cancel scrap axe ditch; postpone defer delay; concede admit acknowledge; imply insinuate
hire recruit; walkout stoppage; unemployed jobless; expensive costly pricey; wealthy rich affluent; tax levy
deficit shortfall; lend lent loan; dividend payout; bankrupt insolvent bankruptcy insolvency
contaminate taint pollute pollution contamination; supplier vendor; engine motor; scorch char; smoke fumes
extinguish douse quench; mine pit colliery; debris rubble wreckage; trap stuck strand stranded; dig dug excavate
drill bore; landslide mudslide landslip rockslide; erupt eruption; snow snowfall blizzard; wind gust; fog mist
airport airfield; runway airstrip; crew crewman crewmen; helicopter chopper; derail derailment; driver motorist
lorry truck; bicycle bike; hostage captive; freed release liberate; hide hid hidden conceal
murder homicide slaying manslaughter; fraud swindle scam; witness onlooker bystander eyewitness
referendum plebiscite; constituency district; envoy emissary; famine starvation hunger starve
vaccine vaccination vaccinate jab inoculation; epidemic outbreak pandemic; funeral burial bury buried
mourn grieve grief; angry anger furious fury outrage outraged irate; scared frightened terrified afraid
apologise apology sorry; riot unrest; baby infant newborn; foot feet; tooth teeth; wife wives; knife knives
hotel inn; restaurant eatery; pub bar; pope pontiff; prize award; trophy cup; referee umpire; player footballer
substitute replacement; donate donation contribute contribution; capsize overturn overturned; deliver delivery
observe watch; weigh weight; advise advice; pay paid payment; wound injury; birth born; cheap inexpensive
medal podium; choir chorus; rare scarce; drunk intoxicated; refuge shelter; rumour gossip; boycott shun
surrender capitulate
"""

_IRREGULAR = """
become became; bite bit bitten; blow blew blown; bring brought; catch caught; choose chose chosen; draw drew drawn
drink drank drunk; drive drove driven; eat ate eaten; feed fed; feel felt; find found; fly flew flown
forbid forbade forbidden; forget forgot forgotten; freeze froze frozen; hear heard; hide hid hidden; know knew known
mean meant; pay paid; ride rode ridden; see saw seen; shake shook shaken; sing sang sung; sink sank sunk
speak spoke spoken; spend spent; stand stood; steal stole stolen; swear swore sworn; sweep swept; swim swam swum
teach taught; tear tore torn; think thought; throw threw thrown; wake woke woken; wear wore worn
write wrote written; burn burnt; come came; dig dug; fight fought; go went gone; keep kept; lay laid; lead led
leave left; light lit; overtake overtook overtaken; rebuild rebuilt; run ran; sell sold sale; sit sat; sleep slept
slide slid; swing swung; understand understood; withdraw withdrew withdrawn
"""
"""Forms of one verb that no stemmer brings together."""

_PLACES = """
russia russian russians moscow kremlin
ukraine ukrainian ukrainians kyiv kiev
uk britain british britons
usa american americans
germany german germans berlin
france french
italy italian italians
spain spanish
poland polish poles
turkey turkish turkiye turks ankara
china chinese beijing
japan japanese tokyo
india indian delhi
pakistan pakistani islamabad
iran iranian iranians tehran
iraq iraqi baghdad
israel israeli israelis
syria syrian syrians damascus
lebanon lebanese beirut
egypt egyptian cairo
korea korean koreans
canada canadian canadians ottawa
australia australian australians canberra
mexico mexican mexicans
brazil brazilian brazilians
greece greek greeks athens
sweden swedish stockholm
norway norwegian oslo
finland finnish helsinki
denmark danish danes copenhagen
netherlands dutch
belgium belgian belgians
austria austrian vienna
hungary hungarian budapest
ireland irish dublin
scotland scottish scots
europe european europeans
africa african africans
"""

_SPELLINGS = {
    "defenc": "defens", "offenc": "offens", "licenc": "licens",
    "programm": "program", "grey": "gray", "tyre": "tire", "chequ": "check", "jewelleri": "jewelri",
}  # fmt: skip


@lru_cache(maxsize=1 << 15)
def canonical(stem: str) -> str:
    """The stem that stands for all that say the same: one spelling, one member of each group of synonyms."""
    spelled = _spelled(stem)
    return _SAME.get(spelled, spelled)


def _spelled(stem: str) -> str:
    if stem in _SPELLINGS:
        return _SPELLINGS[stem]
    if len(stem) >= 5 and stem.endswith("our"):
        return stem[:-3] + "or"
    if len(stem) >= 6 and stem.endswith("is"):
        return stem[:-2] + "iz"
    if len(stem) >= 4 and stem.endswith("tr"):
        return stem[:-1] + "er"
    if len(stem) >= 5 and stem.endswith("ll"):
        return stem[:-1]
    return stem


def _table(groups: str) -> dict[str, str]:
    """Every stem of a group to the group's first; a stem in two groups belongs to the earlier."""
    table: dict[str, str] = {}
    for line in groups.strip().replace(";", "\n").splitlines():
        members = [_spelled(stem) for stem in stems(line, "en")]
        for member in members:
            table.setdefault(member, members[0])
    return table


_SAME = _table(_PLACES + _GROUPS + _IRREGULAR)
FAINT = frozenset(
    canonical(stem)
    for stem in stems(
        "say tell state according note add assert remark comment announce declare insist explain reply argue claim "
        "report speak speech interview reporter statement platform media social twitter post tweet journalist "
        "conference press monday tuesday wednesday thursday friday saturday sunday today yesterday morning "
        "evening night spokesman spokeswoman spokesperson later earlier president prime minister premier secretary "
        "chancellor senator governor mayor chief leader mr mrs ms dr sir foreign former official",
        "en",
    )
)
"""Stems of attribution and office: they say who spoke, where and when, and nothing of what was said."""
_OPPOSITES = stems("rise fall accept refuse win lose buy sell strengthen weaken", "en")
OPPOSITE = {
    canonical(one): canonical(other)
    for at in range(0, len(_OPPOSITES), 2)
    for one, other in (_OPPOSITES[at : at + 2], _OPPOSITES[at : at + 2][::-1])
}
"""Stems to those that say the contrary: two sentences that differ in one of these are alike in all but what matters."""
