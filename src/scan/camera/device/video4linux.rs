//! What nokhwa can't say of Linux's cameras: which formats they offer, ranges of sizes among them, what can
//! be set, and errors' numbers. By the crate v4l, on which nokhwa stands, of Video4Linux
//! (<https://docs.kernel.org/userspace-api/media/v4l/v4l2.html>).

use std::io;

use v4l::capability::Flags as Capability;
use v4l::control::{Control as Setting, Value};
use v4l::frameinterval::FrameIntervalEnum;
use v4l::framesize::FrameSizeEnum;
use v4l::v4l_sys::{
    V4L2_CID_EXPOSURE_ABSOLUTE, V4L2_CID_EXPOSURE_AUTO, V4L2_CID_FOCUS_ABSOLUTE, V4L2_CID_FOCUS_AUTO,
    V4L2_CID_POWER_LINE_FREQUENCY, v4l2_exposure_auto_type_V4L2_EXPOSURE_APERTURE_PRIORITY,
    v4l2_exposure_auto_type_V4L2_EXPOSURE_AUTO, v4l2_exposure_auto_type_V4L2_EXPOSURE_MANUAL,
    v4l2_power_line_frequency_V4L2_CID_POWER_LINE_FREQUENCY_50HZ,
    v4l2_power_line_frequency_V4L2_CID_POWER_LINE_FREQUENCY_60HZ,
    v4l2_power_line_frequency_V4L2_CID_POWER_LINE_FREQUENCY_AUTO,
    v4l2_power_line_frequency_V4L2_CID_POWER_LINE_FREQUENCY_DISABLED,
};
use v4l::video::Capture;
use v4l::video::capture::Parameters;
use v4l::{Device, FourCC, Fraction};

use super::super::controls::{Adjustment, Control, Controls, PowerLineFrequency};
use super::super::format::{Encoding, Format};
use super::{CameraError, meaning};

/// Of a camera with a range of sizes these are asked for, and the largest.
const COMMON_SIZES: [(u32, u32); 2] = [(1280, 720), (640, 480)];

/// The rate of a camera that tells none. What it really sends is measured anyway.
const UNTOLD_RATE: u32 = 30;

/// The numbers of the system's video devices, in their order; not all of them are cameras.
pub fn numbers() -> Vec<u32> {
    let entries = std::fs::read_dir("/dev").into_iter().flatten();
    let mut numbers: Vec<u32> = entries
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.strip_prefix("video")?.parse().ok())
        .collect();
    numbers.sort_unstable();
    numbers
}

/// An open camera.
pub struct Opened {
    device: Device,
    number: u32,
    name: String,
}

impl Opened {
    /// Opens camera `number`.
    ///
    /// # Errors
    /// [`CameraError::Missing`] also where a device of that number captures nothing.
    pub fn open(number: u32) -> Result<Self, CameraError> {
        let device = Device::new(number as usize).map_err(classify)?;
        let capabilities = device.query_caps().map_err(classify)?;
        if !capabilities.capabilities.contains(Capability::VIDEO_CAPTURE | Capability::STREAMING) {
            return Err(CameraError::Missing);
        }
        Ok(Self { device, number, name: capabilities.card })
    }

    /// Its number.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// What the camera calls itself.
    pub fn name(&self) -> String {
        self.name.clone()
    }

    /// What the camera offers.
    ///
    /// # Errors
    /// The driver failed.
    pub fn formats(&mut self) -> Result<Vec<Format>, CameraError> {
        let mut formats = Vec::new();
        for description in self.device.enum_formats().map_err(classify)? {
            // A format whose sizes can't be listed is none to choose.
            for size in self.device.enum_framesizes(description.fourcc).unwrap_or_default() {
                for (width, height) in sizes(&size.size) {
                    for frame_rate in self.rates(description.fourcc, width, height) {
                        let encoding = Encoding::of_code(description.fourcc.repr);
                        let format = Format { encoding, width, height, frame_rate };
                        if !formats.contains(&format) {
                            formats.push(format);
                        }
                    }
                }
            }
        }
        Ok(formats)
    }

    /// The frame rates of a size.
    fn rates(&self, code: FourCC, width: u32, height: u32) -> Vec<u32> {
        let intervals = self.device.enum_frameintervals(code, width, height).unwrap_or_default();
        if intervals.is_empty() {
            return vec![UNTOLD_RATE];
        }
        intervals.iter().flat_map(|interval| rates_of(&interval.interval)).collect()
    }

    /// Sets what can be set, and gives what can't. What the camera has nothing of is as automatic as it gets.
    pub fn apply(&self, controls: Controls) -> Vec<Control> {
        let known: Vec<u32> =
            self.device.query_controls().unwrap_or_default().iter().map(|control| control.id).collect();
        let lacks = |ids: [u32; 2]| ids.iter().all(|id| !known.contains(id));
        let set = |id: u32, value: Value| self.device.set_control(Setting { id, value }).is_ok();
        let number = |value: u32| Value::Integer(value.into());
        let is_met = |control: &Control| match control {
            Control::Focus => match controls.focus {
                Adjustment::Auto => {
                    lacks([V4L2_CID_FOCUS_AUTO, V4L2_CID_FOCUS_ABSOLUTE])
                        || set(V4L2_CID_FOCUS_AUTO, Value::Boolean(true))
                }
                Adjustment::Fixed(focus) => {
                    // A camera without autofocus has no switch for it.
                    set(V4L2_CID_FOCUS_AUTO, Value::Boolean(false));
                    set(V4L2_CID_FOCUS_ABSOLUTE, number(focus.into()))
                }
            },
            Control::Exposure => match controls.exposure {
                // Webcams call it aperture priority, since their aperture is fixed.
                Adjustment::Auto => {
                    let kinds = [
                        v4l2_exposure_auto_type_V4L2_EXPOSURE_APERTURE_PRIORITY,
                        v4l2_exposure_auto_type_V4L2_EXPOSURE_AUTO,
                    ];
                    lacks([V4L2_CID_EXPOSURE_AUTO, V4L2_CID_EXPOSURE_ABSOLUTE])
                        || kinds.into_iter().any(|kind| set(V4L2_CID_EXPOSURE_AUTO, number(kind)))
                }
                Adjustment::Fixed(exposure) => {
                    set(V4L2_CID_EXPOSURE_AUTO, number(v4l2_exposure_auto_type_V4L2_EXPOSURE_MANUAL));
                    set(V4L2_CID_EXPOSURE_ABSOLUTE, number(exposure.into()))
                }
            },
            Control::PowerLineFrequency => {
                let frequency = power_line_frequency(controls.power_line_frequency);
                set(V4L2_CID_POWER_LINE_FREQUENCY, number(frequency))
            }
        };
        Control::ALL.into_iter().filter(|control| !is_met(control)).collect()
    }

    /// Makes this what the camera will send, also when it is opened again, and gives it with the frame rate
    /// that the driver says.
    ///
    /// # Errors
    /// [`CameraError::Failed`] where the camera does not accept it.
    pub fn set_format(&self, format: Format) -> Result<Format, CameraError> {
        let code = FourCC::new(&format.encoding.code());
        let wanted = v4l::Format::new(format.width, format.height, code);
        let set = Capture::set_format(&self.device, &wanted).map_err(classify)?;
        // Rows that are longer than their pixels are not read.
        let is_packed = format.encoding != Encoding::Yuyv || [0, 2 * format.width].contains(&set.stride);
        if (set.width, set.height, set.fourcc) != (format.width, format.height, code) || !is_packed {
            return Err(CameraError::Failed);
        }
        let parameters = Capture::set_params(&self.device, &Parameters::with_fps(format.frame_rate));
        // A camera with a single rate may refuse to be given one.
        let parameters = parameters.or_else(|_| Capture::params(&self.device)).map_err(classify)?;
        Ok(Format { frame_rate: rate(&parameters.interval), ..format })
    }
}

fn power_line_frequency(frequency: PowerLineFrequency) -> u32 {
    match frequency {
        PowerLineFrequency::Off => v4l2_power_line_frequency_V4L2_CID_POWER_LINE_FREQUENCY_DISABLED,
        PowerLineFrequency::Hertz50 => v4l2_power_line_frequency_V4L2_CID_POWER_LINE_FREQUENCY_50HZ,
        PowerLineFrequency::Hertz60 => v4l2_power_line_frequency_V4L2_CID_POWER_LINE_FREQUENCY_60HZ,
        PowerLineFrequency::Auto => v4l2_power_line_frequency_V4L2_CID_POWER_LINE_FREQUENCY_AUTO,
    }
}

/// The sizes to choose from.
fn sizes(size: &FrameSizeEnum) -> Vec<(u32, u32)> {
    match size {
        FrameSizeEnum::Discrete(size) => vec![(size.width, size.height)],
        FrameSizeEnum::Stepwise(range) => {
            let fits = |value: u32, least: u32, most: u32, step: u32| {
                (least..=most).contains(&value) && (value - least).is_multiple_of(step.max(1))
            };
            let is_offered = |&(width, height): &(u32, u32)| {
                fits(width, range.min_width, range.max_width, range.step_width)
                    && fits(height, range.min_height, range.max_height, range.step_height)
            };
            let largest = (range.max_width, range.max_height);
            COMMON_SIZES.into_iter().filter(is_offered).chain([largest]).collect()
        }
    }
}

/// The frame rates to choose from: of a range its fastest, and 30 where that is faster.
fn rates_of(interval: &FrameIntervalEnum) -> Vec<u32> {
    match interval {
        FrameIntervalEnum::Discrete(interval) => vec![rate(interval)],
        FrameIntervalEnum::Stepwise(range) => {
            let (slowest, fastest) = (rate(&range.max), rate(&range.min));
            vec![UNTOLD_RATE.clamp(slowest.min(fastest), fastest), fastest]
        }
    }
}

/// Frames a second, rounded; 0 where the interval is nonsense.
fn rate(interval: &Fraction) -> u32 {
    let rate = f64::from(interval.denominator) / f64::from(interval.numerator);
    // `as` takes what is too large to the largest, and what is no number to 0.
    rate.round() as u32
}

fn classify(error: io::Error) -> CameraError {
    meaning(error.raw_os_error())
}

#[cfg(test)]
mod tests {
    use v4l::frameinterval::Stepwise as Intervals;
    use v4l::framesize::Stepwise as Sizes;

    use super::*;

    fn range(step_width: u32, max_width: u32) -> FrameSizeEnum {
        FrameSizeEnum::Stepwise(Sizes {
            min_width: 32,
            max_width,
            step_width,
            min_height: 32,
            max_height: 1080,
            step_height: 1,
        })
    }

    #[test]
    fn of_a_range_of_sizes_the_common_ones_can_be_chosen() {
        assert_eq!(sizes(&range(1, 1920)), [(1280, 720), (640, 480), (1920, 1080)]);
        assert_eq!(sizes(&range(0, 1000)), [(640, 480), (1000, 1080)]);
        assert_eq!(sizes(&range(1000, 1032)), [(1032, 1080)]);
    }

    #[test]
    fn a_rate_is_one_over_the_interval() {
        for (interval, expected) in
            [((1, 30), 30), ((1001, 30_000), 30), ((2, 15), 8), ((1, 0), 0), ((0, 0), 0)]
        {
            assert_eq!(rate(&Fraction::new(interval.0, interval.1)), expected, "{interval:?}");
        }
    }

    #[test]
    fn of_a_range_of_rates_30_can_be_chosen_or_what_is_next_to_it() {
        for (slowest, fastest, expected) in [(1, 60, [30, 60]), (1, 20, [20, 20]), (50, 60, [50, 60])] {
            let range = FrameIntervalEnum::Stepwise(Intervals {
                min: Fraction::new(1, fastest),
                max: Fraction::new(1, slowest),
                step: Fraction::new(1, 1),
            });
            assert_eq!(rates_of(&range), expected);
        }
    }
}
