//! The C library libzbar, for QR codes.

#![allow(unsafe_code, reason = "a C library")]

use std::ffi::{CStr, c_char, c_int, c_uint, c_ulong, c_void};

use image::GrayImage;

/// `ZBAR_QRCODE`, `ZBAR_CFG_ENABLE` and the name of 8 bit grey, from zbar.h.
const QR_CODE: c_int = 64;
const ENABLE: c_int = 0;
const GREY: c_ulong = u32::from_le_bytes(*b"Y800") as c_ulong;

#[link(name = "zbar")]
unsafe extern "C" {
    fn zbar_image_scanner_create() -> *mut c_void;
    fn zbar_image_scanner_destroy(scanner: *mut c_void);
    fn zbar_image_scanner_set_config(
        scanner: *mut c_void,
        symbol: c_int,
        config: c_int,
        value: c_int,
    ) -> c_int;
    fn zbar_scan_image(scanner: *mut c_void, image: *mut c_void) -> c_int;
    fn zbar_image_create() -> *mut c_void;
    fn zbar_image_destroy(image: *mut c_void);
    fn zbar_image_set_format(image: *mut c_void, format: c_ulong);
    fn zbar_image_set_size(image: *mut c_void, width: c_uint, height: c_uint);
    fn zbar_image_set_data(
        image: *mut c_void,
        data: *const u8,
        length: c_ulong,
        free: Option<extern "C" fn(*mut c_void)>,
    );
    fn zbar_image_first_symbol(image: *const c_void) -> *const c_void;
    fn zbar_symbol_next(symbol: *const c_void) -> *const c_void;
    fn zbar_symbol_get_data(symbol: *const c_void) -> *const c_char;
}

/// The texts in the frame, or else in its negative.
pub fn read(frame: &GrayImage) -> Vec<String> {
    let found = scan(frame);
    if !found.is_empty() {
        return found;
    }
    let mut negative = frame.clone();
    image::imageops::invert(&mut negative);
    scan(&negative)
}

fn scan(frame: &GrayImage) -> Vec<String> {
    let mut texts = Vec::new();
    // SAFETY: both objects live until they are destroyed below, and the pixels, which libzbar only reads, for
    // longer than the image; symbols and their zero-terminated texts live as long as the image.
    unsafe {
        let scanner = zbar_image_scanner_create();
        zbar_image_scanner_set_config(scanner, 0, ENABLE, 0);
        zbar_image_scanner_set_config(scanner, QR_CODE, ENABLE, 1);
        let image = zbar_image_create();
        zbar_image_set_format(image, GREY);
        zbar_image_set_size(image, frame.width(), frame.height());
        zbar_image_set_data(image, frame.as_raw().as_ptr(), frame.as_raw().len() as c_ulong, None);
        zbar_scan_image(scanner, image);
        let mut symbol = zbar_image_first_symbol(image);
        while !symbol.is_null() {
            let text = CStr::from_ptr(zbar_symbol_get_data(symbol));
            texts.push(text.to_string_lossy().into_owned());
            symbol = zbar_symbol_next(symbol);
        }
        zbar_image_destroy(image);
        zbar_image_scanner_destroy(scanner);
    }
    texts
}
