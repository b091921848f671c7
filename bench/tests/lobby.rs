//! The lobby's frames are what their seed says, and show what they claim to.

use hes_kiosk_bench::lobby::{
    FIGURES, FRAMES, Frame, HEIGHT, TUNING, WIDTH, easy_visitor, passers_by, visitor,
};

fn texts(frame: &Frame) -> Vec<String> {
    let grey = frame.grey();
    let shade = |x: usize, y: usize| grey.get_pixel(x as u32, y as u32).0[0];
    let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(WIDTH, HEIGHT, shade);
    prepared.detect_grids().iter().filter_map(|grid| Some(grid.decode().ok()?.1)).collect()
}

#[test]
fn the_same_seed_gives_the_same_frames() {
    for seed in [TUNING.start, FIGURES.start] {
        let (one, other) = (visitor(seed), visitor(seed));
        assert!(one.text == other.text && one.frames == other.frames, "{seed}");
        assert!(passers_by(seed) == passers_by(seed), "{seed}");
    }
}

#[test]
fn visitors_differ_in_text_and_frames() {
    let (one, other) = (visitor(0), visitor(1));
    assert!(one.text != other.text && one.frames[0] != other.frames[0]);
}

#[test]
fn each_frame_of_an_easy_visitor_shows_the_text() {
    for seed in 0..4 {
        let visitor = easy_visitor(seed);
        assert_eq!(visitor.frames.len(), FRAMES);
        for frame in &visitor.frames {
            assert_eq!(texts(frame), [visitor.text.as_str()], "{seed}");
        }
    }
}

#[test]
fn people_who_walk_by_show_no_code() {
    for frame in passers_by(0) {
        assert!(texts(&frame).is_empty());
    }
}

#[test]
fn people_who_walk_by_move() {
    let frames = passers_by(1);
    let (first, last) = (frames[0].grey(), frames[FRAMES - 1].grey());
    let moved = first.iter().zip(last.iter()).filter(|(first, last)| first.abs_diff(**last) > 40).count();
    assert!(moved > 1000, "{moved} pixels");
}
