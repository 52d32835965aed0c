//! The example layer of an invented agency under `docs/`: clean, adding a topic and a circular, and
//! replacing a shipped topic by name.

#![allow(clippy::expect_used, reason = "a test that cannot set its stage should say so and stop")]

use std::path::Path;

use netral::assistant::Assistant;
use netral::config;
use netral::knowledge;

#[test]
fn the_example_layer_adds_and_replaces() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let layers = [root.join("knowledge"), root.join("docs/contoh-instansi")];
    let (loaded, findings) = knowledge::load(config::layers(&layers).expect("lapisan terbaca"));
    let (shipped, _) = knowledge::load(config::layers(&layers[..1]).expect("pengetahuan terbaca"));
    assert!(findings.is_empty(), "{findings:#?}");
    let (loaded, shipped) = (loaded.expect("bersih"), shipped.expect("bersih"));
    let ids = |set: &knowledge::Knowledge| set.topics().iter().map(|topic| topic.file.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&loaded).len(), ids(&shipped).len() + 1, "satu topik baru, satu digantikan");
    assert!(loaded.topic("kontak-bkpsdm").is_some());
    let brief = |set: &knowledge::Knowledge| set.topic("mengajukan-cltn").and_then(|t| t.latest()).map(|a| a.ringkas.clone());
    assert_ne!(brief(&loaded), brief(&shipped), "topik yang digantikan berubah");
    assert!(loaded.instrument("se-bupati-contoh-1-2026").is_some());

    let day = jiff::civil::date(2026, 11, 21);
    let reply =
        Assistant::new(loaded).expect("indeks").ask("Ke mana saya bertanya soal netralitas di BKPSDM Kabupaten Contoh?", day);
    assert_eq!(reply.topic.as_deref(), Some("kontak-bkpsdm"), "{}", reply.brief);
}
