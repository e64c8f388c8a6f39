//! Rounds with a model that is arithmetic, so that every failure can be had at will.

use super::*;

/// The mean of a window is its first piece and its length; 666 breaks the model.
fn forward(rows: &Rows<'_>) -> Result<Vec<Vec<f64>>, String> {
    if rows.windows.iter().any(|window| window.contains(&666)) {
        return Err("cursed".to_owned());
    }
    Ok(rows
        .windows
        .iter()
        .map(|window| vec![window[0] as f64, 1.0])
        .collect())
}

type Answer = oneshot::Receiver<Result<Vec<Embedding>, EncoderError>>;

fn request(windows: &[&[&[i64]]]) -> (Request, Answer) {
    let (reply, answer) = oneshot::channel();
    let text = |text: &&[&[i64]]| text.iter().map(|window| window.to_vec()).collect();
    let windows = windows.iter().map(text).collect();
    (Request { windows, reply }, answer)
}

fn run(requests: Vec<Request>) {
    let (sender, queue) = mpsc::channel(requests.len().max(1));
    for request in requests {
        sender.try_send(request).expect("room in the queue");
    }
    drop(sender);
    serve(&Mutex::new(queue), forward);
}

#[test]
fn each_caller_gets_its_own_answers_in_order() {
    let (first, mut of_first) = request(&[&[&[3, 0, 0]], &[&[0; 40]]]);
    let (second, mut of_second) = request(&[&[&[4, 0, 0]]]);
    run(vec![first, second]);
    let first = of_first.try_recv().expect("an answer").expect("embeddings");
    let second = of_second
        .try_recv()
        .expect("an answer")
        .expect("embeddings");
    assert_eq!(first[0], Embedding::normalised(&[3.0, 1.0]));
    assert_eq!(first[1], Embedding::normalised(&[0.0, 1.0]));
    assert_eq!(second, [Embedding::normalised(&[4.0, 1.0])]);
}

#[test]
fn windows_of_one_text_count_by_their_length() {
    let (request, mut answer) = request(&[&[&[9, 0, 0], &[1]]]);
    run(vec![request]);
    let embeddings = answer.try_recv().expect("an answer").expect("embeddings");
    assert_eq!(embeddings, [Embedding::normalised(&[9.0 * 3.0 + 1.0, 4.0])]);
}

#[test]
fn a_text_that_breaks_the_model_fails_alone() {
    let (good, mut of_good) = request(&[&[&[3]]]);
    let (bad, mut of_bad) = request(&[&[&[666]]]);
    run(vec![good, bad]);
    assert!(of_good.try_recv().expect("an answer").is_ok());
    let error = of_bad.try_recv().expect("an answer").expect_err("an error");
    assert_eq!(error.to_string(), "the encoder failed: cursed");
}

#[test]
fn whoever_stopped_waiting_is_skipped() {
    let (gone, answer) = request(&[&[&[666]]]);
    drop(answer);
    let (here, mut of_here) = request(&[&[&[3]]]);
    run(vec![gone, here]);
    assert!(of_here.try_recv().expect("an answer").is_ok());
}

#[test]
fn a_caller_without_texts_gets_an_empty_answer() {
    let (request, mut answer) = request(&[]);
    run(vec![request]);
    assert!(
        answer
            .try_recv()
            .expect("an answer")
            .expect("embeddings")
            .is_empty()
    );
}
