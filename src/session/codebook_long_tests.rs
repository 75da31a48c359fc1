//! Changes of the codebook on their way: what they say of how far they are, and what is left where they are stopped.

use super::*;

#[test]
fn a_change_says_layer_by_layer_how_far_it_is_and_stopped_at_any_of_them_leaves_all_as_it_was() {
    let mut bench = Bench::coded();
    let line = r#"{"command":"rename_codebook_id","kind":"label","id":"actor","to":"acteur"}"#;
    let command = Command::from_json(line).unwrap();
    let (before, me) = (bench.state(), annotator_named("me").unwrap());
    let count = bench.session.reader().journal(None, 999).unwrap().len();
    for stop in 0..=4 {
        let cancel = Cancel::default();
        let (switch, mut seen) = (cancel.clone(), Vec::new());
        let refusal = {
            let mut watch = Watch::new(cancel, |done, total| {
                seen.push((done, total));
                if done == stop {
                    switch.cancel();
                }
            });
            let run = bench.session.run_watched(&command, Asked::of(&me), &mut watch);
            run.unwrap_err()
        };
        assert_eq!(refusal.code, "cancelled");
        let told: Vec<(u64, Option<u64>)> = (0..=stop).map(|done| (done, Some(4))).collect();
        assert_eq!(seen, told, "four layers");
        assert_eq!(bench.state(), before);
        bench.sound();
    }
    assert_eq!(bench.session.reader().journal(None, 999).unwrap().len(), count);
    bench.there_and_back(line);
}
