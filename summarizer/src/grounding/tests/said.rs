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

#[test]
fn a_name_beside_another_is_the_same_to_the_letter() {
    let text = "Mayor Martin Dupont opened the bridge in Northport. His deputy Marie Roberts praised the engineers from Italy. The \
        works of Lumen took three years.";
    let table = [
        (
            "Martin Dupont, the mayor, opened the bridge in Northport.",
            true,
        ),
        ("Dupont’s deputy praised the Italian engineers.", true),
        ("Italian Engineers were praised by Marie Roberts.", true),
        ("The bridge in Northport was opened by Martin Dupont.", true),
        (
            "Mayor Martine Dupont opened the bridge in Northport.",
            false,
        ),
        (
            "Mayor Martins Dupont opened the bridge in Northport.",
            false,
        ),
        ("His deputy Marie Robert praised the engineers.", false),
        ("His deputy Marian Roberts praised the engineers.", false),
    ];
    for (output, honest) in table {
        assert_eq!(passes("en", text, output), honest, "{output}");
    }
}

#[test]
fn a_quotation_is_of_the_one_whom_its_own_sentence_names() {
    let text = "Ada Lind leads the firm Lumen. “We will never close the mill in Northport,” said Ada Lind, director of Lumen. “The plan \
        is good for the whole town,” said Bob Moss of the council. “It will bring us many new shops.” “A bridge would be better for \
        everybody,” said the mayor of Tarn.";
    let table = [
        (
            "“The plan is good for the whole town,” said Bob Moss.",
            true,
        ),
        (
            "Bob Moss of the council said the plan “is good for the whole town”.",
            true,
        ),
        ("“It will bring us many new shops,” said Bob Moss.", true),
        (
            "“We will never close the mill in Northport,” said Lind.",
            true,
        ),
        (
            "Lumen said “we will never close the mill in Northport”.",
            true,
        ),
        (
            "“A bridge would be better for everybody,” said the mayor.",
            true,
        ),
        (
            "“The plan is good for the whole town,” said Ada Lind.",
            false,
        ),
        (
            "“We will never close the mill in Northport,” said Bob Moss.",
            false,
        ),
    ];
    for (output, honest) in table {
        assert_eq!(passes("en", text, output), honest, "{output}");
    }
    let text = "« Nous ne fermerons pas le moulin de Northport », a déclaré Ada Lind. « Le projet est bon pour la ville », a dit Bob Moss \
        lors de la réunion.";
    let table = [
        ("« Le projet est bon pour la ville », a dit Bob Moss.", true),
        (
            "« Le projet est bon pour la ville », a dit Ada Lind.",
            false,
        ),
        (
            "« Nous ne fermerons pas le moulin de Northport », a déclaré Bob Moss.",
            false,
        ),
    ];
    for (output, honest) in table {
        assert_eq!(passes("fr", text, output), honest, "{output}");
    }
}

#[test]
fn single_marks_quote_as_double_ones_do() {
    let text = "Bob Moss said: “We will never close the old mill, and that’s the workers’ will.” The firm’s profits rose in the ’90s.";
    let table = [
        ("Bob Moss said: ‘We will never close the old mill.’", true),
        ("Bob Moss said: 'We will never close the old mill.'", true),
        (
            "Bob Moss won't close the old mill: it is the workers' will.",
            true,
        ),
        (
            "The firm's profits rose in the '90s, as the mill's did.",
            true,
        ),
        ("Bob Moss said: ‘We will gladly close the old mill.’", false),
        ("Bob Moss said: 'We will close the old mill.'", false),
    ];
    for (output, honest) in table {
        assert_eq!(passes("en", text, output), honest, "{output}");
    }
}
