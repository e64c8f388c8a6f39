//! What is counted, and by which numerals.

use super::passes;

const MILL: &str = "Lumen will close its mill in Northport for 30 days, as it did for 5 to 10 days in May. The mill makes 40 tonnes of \
    flour a day from 14 square miles of fields. The repairs cost 5 million dirhams and C$40 million. The new line is 12 km long and \
    carries trains at 80 km/h. The shop opens at 9 am. The night was cold in Oslo at -5 degrees. Bob Moss, 54, runs the mill.";

const MOULIN: &str = "Lumen fermera son moulin de Northport pendant 30 jours. Le moulin produit 40 tonnes de farine par jour. Les travaux \
    coûtent 5 millions de dirhams. La ligne est longue de 12 kilomètres et les trains y roulent à 80 km/h. Au moins cinq personnes \
    ont fêté le huitième week-end de la foire à Northport. Il faisait moins 5 degrés à Oslo dans la nuit.";

#[test]
fn a_number_of_one_unit_is_no_number_of_another() {
    let table = [
        ("Lumen will close its mill in Northport for 30 days.", true),
        (
            "Lumen will close its mill in Northport for 30 weeks.",
            false,
        ),
        (
            "Lumen will close its mill in Northport for 30 full days.",
            true,
        ),
        (
            "Lumen closed its mill in Northport for at least 5 days in May.",
            true,
        ),
        (
            "Lumen closed its mill in Northport for at least 5 weeks in May.",
            false,
        ),
        ("The mill makes 40 tonnes of flour a day.", true),
        ("The mill makes 40 tonnes of flour every day.", true),
        ("The mill makes 40 tonnes of flour a week.", false),
        ("The mill makes 40 kilograms of flour a day.", false),
        ("The mill has 14 square miles of fields for flour.", true),
        ("The mill has 14 acres of fields for flour.", false),
        ("The repairs of the mill cost 5 million dirhams.", true),
        ("The repairs of the mill cost 5 million rupees.", false),
        ("The repairs of the mill cost 5 million.", false),
        (
            "The repairs of the mill cost 40 million Canadian dollars.",
            true,
        ),
        ("The repairs of the mill cost $40 million.", false),
        ("The new line is 12 kilometres long.", true),
        ("The new line is 12 miles long.", false),
        (
            "The new line carries trains at 80 kilometres per hour.",
            true,
        ),
        ("The new line carries trains at 80 mph.", false),
        ("The shop of the mill opens at 9 a.m.", true),
        ("The shop of the mill opens at 9 pm.", false),
        ("The night was cold in Oslo at minus 5 degrees.", true),
        ("The night was cold in Oslo, 5 degrees below zero.", true),
        ("The night was cold in Oslo at 5 degrees.", false),
        ("The 54-year-old Bob Moss runs the mill.", true),
    ];
    for (output, honest) in table {
        assert_eq!(passes("en", MILL, output), honest, "{output}");
    }
}

#[test]
fn nor_in_french() {
    let table = [
        (
            "Lumen fermera son moulin de Northport pendant 30 jours.",
            true,
        ),
        (
            "Lumen fermera son moulin de Northport pendant 30 semaines.",
            false,
        ),
        ("Le moulin produit 40 tonnes de farine chaque jour.", true),
        ("Le moulin produit 40 kilos de farine par jour.", false),
        ("Les travaux du moulin coûtent 5 millions de dirhams.", true),
        (
            "Les travaux du moulin coûtent 5 millions de roupies.",
            false,
        ),
        ("La ligne est longue de 12 km.", true),
        ("La ligne est longue de 12 mètres.", false),
        (
            "Les trains de la ligne roulent à 80 kilomètres par heure.",
            true,
        ),
        ("Cinq personnes ont fêté la foire à Northport.", true),
        (
            "Des personnes ont fêté le huitième week-end de la foire.",
            true,
        ),
        ("Il faisait -5 degrés à Oslo dans la nuit.", true),
        ("Il faisait 5 degrés à Oslo dans la nuit.", false),
    ];
    for (output, honest) in table {
        assert_eq!(passes("fr", MOULIN, output), honest, "{output}");
    }
}

#[test]
fn a_loss_may_be_told_by_a_sign_or_by_a_word() {
    let text = "Le bénéfice de Lumen est en baisse (-5 %) au premier trimestre de l’année.";
    assert!(passes(
        "fr",
        text,
        "Le bénéfice de Lumen baisse de 5 % au premier trimestre."
    ));
}

#[test]
fn a_numeral_of_many_words_is_one_number() {
    let english = "The new school in Northport has two thousand five hundred students. The lottery of the town pays one million two \
        hundred thousand euros this year. The fair of the town drew two and a half million visitors. Half a million guests came \
        to the lake in May. A million trees grow beside the lake. Three thousand and twelve boats lie in the harbour.";
    let french = "La nouvelle école de Northport compte deux mille cinq cents élèves. Le lot de la loterie est de trois millions deux \
        cent mille euros cette année. La foire de la ville a reçu un million et demi de visiteurs.";
    let table = [
        (
            "en",
            "The new school in Northport has 2,500 students.",
            true,
        ),
        (
            "en",
            "The new school in Northport has 2,000 students.",
            false,
        ),
        ("en", "The new school in Northport has 500 students.", false),
        (
            "en",
            "The lottery of the town pays 1.2 million euros this year.",
            true,
        ),
        (
            "en",
            "The lottery of the town pays 200,000 euros this year.",
            false,
        ),
        (
            "en",
            "The lottery of the town pays one million euros this year.",
            false,
        ),
        (
            "en",
            "The fair of the town drew 2.5 million visitors.",
            true,
        ),
        ("en", "In May 500,000 guests came to the lake.", true),
        ("en", "In May half a million guests came to the lake.", true),
        ("en", "One million trees grow beside the lake.", true),
        ("en", "In the harbour lie 3,012 boats.", true),
        (
            "fr",
            "La nouvelle école de Northport compte 2 500 élèves.",
            true,
        ),
        (
            "fr",
            "La nouvelle école de Northport compte 500 élèves.",
            false,
        ),
        (
            "fr",
            "Le lot de la loterie est de 3,2 millions d’euros cette année.",
            true,
        ),
        (
            "fr",
            "Le lot de la loterie est de 3 millions d’euros cette année.",
            false,
        ),
        (
            "fr",
            "La foire de la ville a reçu 1,5 million de visiteurs.",
            true,
        ),
    ];
    for (language, output, honest) in table {
        let text = if language == "en" { english } else { french };
        assert_eq!(passes(language, text, output), honest, "{output}");
    }
}

#[test]
fn digits_of_other_scripts_are_numbers_too() {
    let text = "افتتح رئيس البلدية ١٢ مدرسة جديدة في المدينة";
    for (output, honest) in [
        ("افتتح رئيس البلدية ١٢ مدرسة جديدة في المدينة", true),
        ("افتتح رئيس البلدية 12 مدرسة جديدة في المدينة", true),
        ("افتتح رئيس البلدية ٩٩ مدرسة جديدة في المدينة", false),
        ("افتتح رئيس البلدية 99 مدرسة جديدة في المدينة", false),
    ] {
        assert_eq!(passes("ar", text, output), honest, "{output}");
    }
}

#[test]
fn a_number_written_otherwise_supports_as_much() {
    let text = "Lumen Inc. opened a mill. It has 1,250 employees in twelve countries.";
    assert!(passes(
        "en",
        text,
        "Lumen has 1250 employees in 12 countries."
    ));
}
