//! Who said and did what, or did not.

use super::passes;

#[test]
fn a_verb_an_adverb_or_a_quantity_denies_as_a_not_does() {
    let text = "Few residents of Northport support the new harbour road. The firm is unlikely to reopen the mill in Tarn. Ada Lind \
        hardly knew the painter Bob Moss. The council failed to approve the budget on Monday. The ministry denied that the dam at \
        Harrow was damaged by the flood. Lumen refused to sell the brewery of Ondre to Rovers. A few bakers opened shops in May.";
    let table = [
        ("Few residents of Northport support the harbour road.", true),
        (
            "Only a minority of residents support the new harbour road.",
            true,
        ),
        (
            "Residents of Northport were asked about the harbour road.",
            true,
        ),
        (
            "Most residents of Northport support the new harbour road.",
            false,
        ),
        ("The firm is unlikely to reopen the mill in Tarn.", true),
        ("The firm will reopen the mill in Tarn.", false),
        ("The firm is likely to reopen the mill in Tarn.", false),
        ("Ada Lind hardly knew the painter Bob Moss.", true),
        ("Ada Lind knew the painter Bob Moss well.", false),
        ("The council failed to approve the budget on Monday.", true),
        ("The council did not approve the budget on Monday.", true),
        ("The council tried to approve the budget on Monday.", true),
        ("The council approved the budget on Monday.", false),
        (
            "The council managed to approve the budget on Monday.",
            false,
        ),
        (
            "The ministry denied that the dam at Harrow was damaged.",
            true,
        ),
        (
            "The dam at Harrow, says the ministry, was not damaged.",
            true,
        ),
        ("The dam at Harrow was damaged by the flood.", false),
        ("The ministry said the dam at Harrow was damaged.", false),
        (
            "Lumen declined to sell the brewery of Ondre to Rovers.",
            true,
        ),
        (
            "The brewery of Ondre stays with Lumen, not with Rovers.",
            true,
        ),
        ("Lumen will sell the brewery of Ondre to Rovers.", false),
        ("Lumen sold the brewery of Ondre to Rovers.", false),
        ("Bakers opened a few shops in May.", true),
    ];
    for (output, honest) in table {
        assert_eq!(passes("en", text, output), honest, "{output}");
    }
}

#[test]
fn and_so_in_french() {
    let text = "Peu d'habitants de Northport soutiennent le projet de route. Le ministre refuse de fermer l'école du village. La mairie \
        dément que le barrage de Harrow ait été endommagé par la crue. Lumen refuse de vendre le moulin de Tarn.";
    let table = [
        (
            "Peu d'habitants de Northport soutiennent le projet de route.",
            true,
        ),
        (
            "La plupart des habitants soutiennent le projet de route.",
            false,
        ),
        ("Le ministre refuse de fermer l'école du village.", true),
        ("Le ministre ne fermera pas l'école du village.", true),
        ("Le ministre va fermer l'école du village.", false),
        (
            "La mairie dément que le barrage de Harrow ait été endommagé.",
            true,
        ),
        ("Le barrage de Harrow a été endommagé par la crue.", false),
        ("Lumen ne veut pas vendre le moulin de Tarn.", true),
        ("Lumen vend le moulin de Tarn.", false),
    ];
    for (output, honest) in table {
        assert_eq!(passes("fr", text, output), honest, "{output}");
    }
}
