#![no_main]

libfuzzer_sys::fuzz_target!(
    // The fuzzer's own hook ends the process at each panic, those too that the converters catch.
    init: drop(std::panic::take_hook()),
    |bytes: &[u8]| hes_kiosk::scan::fuzz::converters(bytes)
);
