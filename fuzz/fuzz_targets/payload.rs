#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| hes_kiosk::scan::fuzz::payload(bytes));
