//! The words that open a clause or an aside, in English and French.

/// Begin a clause about what stands before them.
pub(super) const RELATIVES: &str =
    "which who whom whose where qui dont où lequel laquelle lesquels lesquelles";

/// Begin an addition that ends with the sentence.
pub(super) const ADDITIONS: &str = "adding noting saying stressing emphasizing emphasising underlining explaining \
    insisting recalling citing while whereas ajoutant précisant indiquant soulignant expliquant notant \
    estimant rappelant assurant insistant évoquant citant tandis";

/// Begin examples, which may also stand inside a clause: "its books, including the first, are read".
pub(super) const EXAMPLES: &str = "including notamment dont";

/// Begin the naming of a source.
pub(super) const ATTRIBUTIONS: &str = "according selon";

/// Verbs of saying.
pub(super) const SAID: &str = "said says told announced explained added stated noted reported confirmed dit déclaré \
    indiqué précisé annoncé expliqué ajouté affirmé assuré souligné estimé rapporté confirmé rappelé explique indique \
    précise rapporte affirme assure souligne estime annonce ajoute rappelle confirme déclare";

/// Begin what a sentence says of its subject, so never an apposition.
pub(super) const VERBS: &str = "is are was were be been has have had will would can could may might must should shall do \
    does did est sont était étaient a ont avait avaient va vont sera seront fut furent doit doivent peut peuvent veut \
    veulent fait font";

/// Begin a clause that needs another one to stand.
pub(super) const SUBORDINATORS: &str = "when while if although though as because since after before once until unless \
    whether that lorsque quand si alors tandis bien après avant comme depuis puisque parce malgré afin tant";

/// Go before a place or a time.
pub(super) const PLACING: &str = "in at on from to near under over between among through across during for with \
    without about despite besides like unlike as en à au aux dans sur sous chez vers entre parmi pendant durant pour avec sans outre dès comme";

/// Join equals.
pub(super) const CONJUNCTIONS: &str = "and or but nor et ou mais ni car";

/// Begin what a sentence is about.
pub(super) const ARTICLES: &str = "the a an this that these those he she it they we i you his her its their there le la les \
    l un une des ce cet cette ces il elle ils elles on nous vous je son sa ses leur leurs";

/// The day that an article is dated by.
pub(super) const DAYS: &str = "today aujourd'hui aujourd’hui";

/// The days beside that one.
pub(super) const DAYS_BESIDE: &str = "yesterday tomorrow hier demain";

/// Begin a date: "Thursday, April 1", "jeudi 1er avril".
pub(super) const WEEKDAYS: &str = "monday tuesday wednesday thursday friday saturday sunday \
    lundi mardi mercredi jeudi vendredi samedi dimanche";

/// Stand beside a day's number: "April 1", "1er avril".
pub(super) const MONTHS: &str = "january february march april may june july august september october november december \
    jan feb mar apr jun jul aug sept sep oct nov dec janvier février mars avril mai juin juillet août septembre octobre \
    novembre décembre";

/// Go before a day that then belongs to them: "schools of today", "not only today".
pub(super) const BINDING: &str = "of until till since by than then even only just not later earlier early late \
    de des du d dès depuis jusqu'à jusqu’à que c'est c’est encore seulement même pas plus";

/// Before an aside they tell that it is the other half of what they begin: "either … – or, …, –".
pub(super) const CORRELATIVES: &str = "either neither whether both between soit entre";

/// In an aside they take back some of what is said: "(except on Sundays)".
pub(super) const LIMITS: &str = "not no never except excluding excepting unless without only if provided subject pending per \
    pas jamais sauf hors hormis excepté sans seulement uniquement si";

/// They speak for what they are: leaving out that they say so makes no claim of anybody's a fact.
pub(super) const OFFICES: &str = "ministry department agency authority authorities government administration commission \
    council company firm group bank university institute office bureau organisers organizers officials statement report \
    study survey figures data release mayor minister governor police ministère département agence autorité autorités \
    gouvernement préfecture mairie commission conseil entreprise groupe société banque université institut office bureau \
    organisateurs communiqué rapport étude enquête chiffres maire ministre préfet";

/// Beginnings of words for what somebody is said to have done, as long as nobody has found so.
const CHARGES: [&str; 21] = [
    "accus", "alleg", "suspect", "charg", "brib", "corrupt", "fraud", "murder", "kill", "rape",
    "assault", "abus", "steal", "stole", "guilt", "soupç", "corromp", "détourn", "meurtr", "viol",
    "coupabl",
];

/// Words by which a sentence says that it is not sure.
const HEDGES: &str = "may might could would reportedly apparently allegedly perhaps possibly aurait auraient serait seraient \
    pourrait pourraient devrait devraient peut-être probablement";

/// Whether a word makes what is said no more than what somebody says.
pub(super) fn is_doubtful(word: &str) -> bool {
    has(HEDGES, word) || CHARGES.iter().any(|charge| word.starts_with(charge))
}

/// Whether a list has this word, given in small letters.
pub(super) fn has(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|entry| entry == word)
}
