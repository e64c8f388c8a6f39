//! Words that carry no meaning of their own, in English and French: closed classes only. A text in another language has
//! none of them, and is then judged by all its words.

/// Articles, pronouns, prepositions, conjunctions, auxiliaries and what is left of elisions.
const FUNCTION_WORDS: &str = "
    a an the this that these those it its he she they them his her hers their theirs we us our ours you your yours i me
    my who whom whose which what where when why how there here one ones each every all any some both either such same
    own other others another and or but nor so yet if then than as while although though because since until unless
    of in on at by to from for with without into onto over under about against between among through during before
    after above below up down out off per via within along across toward towards upon around near
    is are was were be been being am has have had having do does did done doing will would shall should can could may
    might must let s t re ve ll d also too very just only even more most much many few less least still already again
    ever now not no never none neither cannot said says say saying told according
    le la les l un une des du de d au aux ce cet cette ces c ca cela ceci celui celle ceux celles il elle ils elles on
    nous vous je tu me te se s m t lui leur leurs son sa ses mon ma mes ton ta tes notre nos votre vos qui que qu quoi
    dont ou et mais donc or ni car si comme lorsque quand puisque parce afin a dans en par pour sur sous avec sans vers
    chez entre depuis pendant avant apres contre selon jusque jusqu des lors ne n pas plus moins tres aussi encore deja
    est sont etait etaient sera seront serait fut ete etre suis sommes etes soit ait aient ai as avons avez ont avait avaient
    aura auront aurait eu avoir fait font faire peut peuvent pouvoir doit doivent y tout tous toute toutes autre autres
    meme memes tel telle dit disent declare explique precise indique chaque quelque quelques plusieurs ainsi alors
";

/// Whether a folded word is of a closed class.
pub(super) fn is_function_word(word: &str) -> bool {
    FUNCTION_WORDS
        .split_ascii_whitespace()
        .any(|other| other == word)
}

/// Words with which a model likes to begin a sentence: they name nobody in particular.
const OPENERS: &str = "
    authorities officials police experts researchers scientists critics organizers organisers investigators residents
    people users customers employees workers visitors participants members leaders lawmakers analysts observers others
    meanwhile however moreover furthermore additionally overall finally later earlier soon recently currently nearly almost
    around approximately roughly several various numerous many former latest new next last first second key main major
    following despite besides instead thus hence therefore together plans results findings questions details
    authorites chercheurs experts responsables habitants clients salaries employes visiteurs organisateurs participants
    cependant toutefois neanmoins enfin puis ensuite desormais actuellement recemment environ presque plusieurs malgre
    grace face suite outre nouvelle nouveau nouveaux nouvelles premier premiere dernier derniere principal ensemble
";

/// Whether a folded word may open a sentence though the text does not have it.
pub(super) fn opens(word: &str) -> bool {
    OPENERS.split_ascii_whitespace().any(|other| other == word)
}
