//! What is in braces can be left out.

use super::*;

fn marked(sentence: &str) -> (String, String) {
    let whole: String = sentence.replace(['{', '}'], "");
    let spans = omissions(&whole).spans;
    let covered = |at: usize| spans.iter().any(|span| span.start <= at && at < span.end);
    let left = whole.chars().enumerate().filter(|&(at, _)| !covered(at));
    let left = left.map(|(_, c)| c).collect();
    let mut expected = String::new();
    let mut outside = true;
    for c in sentence.chars() {
        match c {
            '{' => outside = false,
            '}' => outside = true,
            _ if outside => expected.push(c),
            _ => {}
        }
    }
    (left, expected)
}

#[test]
fn asides_and_trailing_clauses_can_be_left_out() {
    for sentence in [
        "The World Fund for Schools{ (WFS)} opened an office in Oslo{ [its tenth]}.",
        "Ada Lind{, Director-General (DG) of the Fund,} opened twelve schools on Monday.",
        "Dr. Ada Lind{, the head of the Fund for Schools,} said that the schools were needed.",
        "Karim Sy{, médecin au centre de santé de la ville,} a rappelé que la maladie est contagieuse.",
        "The suspect Joe Carter{, 34,} was seen on Monday at the bridge.",
        "The mayor opened the new bridge on Monday{, adding that it had cost more than planned}.",
        "The mayor opened the new bridge on Monday{, which had been closed for years}.",
        "La ministre a ouvert le pont lundi matin{, qui était fermé depuis des années}.",
        "La ministre a ouvert le pont lundi matin{, soulignant que malgré tout il était sûr}.",
        "The new bridge over the river is open again{, according to a statement of the council}.",
        "Lumen earned nine million crowns{ (two million dollars)} in the year.",
        "The mayor sold the new bridge to Lumen Inc.{, which will close it.}",
        "When the bridge opened, the mayor spoke for an hour{, while the crowd sang}.",
        "The new bridge{ – closed for many years –} is open again to all.",
        "The new bridge over the river is open again{, said the mayor of Oslo}.",
        "The new bridge over the river is open again{, the mayor said}.",
        "Le nouveau pont sur la rivière est rouvert{, a indiqué le maire de la ville}.",
        "Le nouveau pont sur la rivière est rouvert{, selon le maire}.",
        "The Fund for Schools announced{ today} that twelve schools are open.",
        "The bridge over the river opened to everybody{ today}.",
        "The bridge was opened by the mayor{ today}, in the presence of nine pupils.",
        "La fondation a ouvert{ aujourd’hui} douze écoles dans la région.",
        "The fair of crafts opened{ today,} Thursday, April 1, in the old hall.",
        "The fair, which ended{ yesterday,} April 1, 2024, had more guests than ever.",
        "The council of the town will meet{ tomorrow,} 3 April, to vote on the bridge.",
        "Le théâtre de la ville reprend{ aujourd’hui,} lundi 22 septembre 2025, sa tournée.",
    ] {
        let (left, expected) = marked(sentence);
        assert_eq!(left, expected, "{sentence}");
    }
}

#[test]
fn what_the_sentence_needs_stays() {
    for sentence in [
        "The mayor, who had been ill for years, opened the bridge.",
        "In New York, thousands of people, angry at the mayor of the city, marched.",
        "Oslo, Bergen, Hamar and Moss have new schools this year.",
        "“The new bridge over the river is open again”, said the mayor.",
        "If the bridge, which is old, falls, the town is cut off.",
        "When the new bridge over the river, which is old.",
        "The town has 1,234 houses, and each has a garden.",
        "Prices rose by 4,5 % in the region this year, but wages did not.",
        "Nobody may cross the bridge, unless the mayor allows it.",
        "Le chef du parti, Karim Sy, demande le retrait de la loi, mesure injuste à ses yeux.",
        "Lind, accused of the murder of Joe Carter, was given a medal of the order, by decree.",
        "C'est Ada Lind, candidate à la mairie de Port-Aurel, qui critique le plan.",
        "Karim Sy, a doctor whose work is known in Oslo, said the town was safe.",
        "Le ministre du budget, devant les députés, a annoncé un plan de relance.",
        "The writer, who wrote seventy books, including those for children, had been ill for years.",
        "He said (and we agree that it is so.",
        "Today the mayor of the town opened the new bridge.",
        "The schools of today are better than those of yesterday.",
        "It is today that the bridge over the river opens.",
        "C'est aujourd'hui que le pont sur la rivière est rouvert.",
        "The new bridge is open today and tomorrow to all of the town.",
        "The mayor spoke from yesterday, Thursday, April 1, until the end of May.",
        "The fair of crafts opened yesterday, mayors and pupils among the guests of the town.",
        "Children in the mountains today are taught in larger classes than before.",
        "The mayor called it “the bridge we open today to all” and cut the ribbon.",
        "Today's opening of the bridge was watched by the whole town.",
        "Several members of the council, citing the safety of children and of the old, voted against the plan.",
        "La ministre a ouvert le pont lundi matin, soulignant que, malgré tout, il était sûr.",
        "The house is open from 10 am – 4 pm on Monday and from 11 am – 6 pm on Sunday.",
        "They built the line Oslo – New York Street – Rome in a single year.",
        "The bank will lend to small firms – but not to those in debt – from the first of May.",
        "It will be either a great success – or, just as likely, a failure – when they agree on it.",
        "The bank will lend to small firms (but not to those in debt) from the first of May.",
        "Ten thousand people marched in Oslo on Monday (thirty thousand according to the union).",
        "The headset will be sold for $3,499 (U.S.) in the spring of the next year.",
        "The mayor took bribes of two million euros from the firm, according to a former employee.",
        "Le maire aurait pris deux millions d'euros à la société, selon une source.",
        "The bridge over the river may fall in the coming winter, said the mayor.",
        "The new bridge over the river is open again, according to a friend of the mayor.",
    ] {
        let (left, expected) = marked(sentence);
        assert_eq!(left, expected, "{sentence}");
    }
}

#[test]
fn omissions_lie_inside_the_sentence() {
    for sentence in [
        "",
        ".",
        ",",
        " – – ",
        "(",
        "a (b) c, d, e, f, who.",
        "«»",
        "“, ”, , ,",
    ] {
        let length = sentence.chars().count();
        for span in omissions(sentence).spans {
            assert!(span.start < span.end && span.end <= length, "{sentence:?}");
        }
    }
}
