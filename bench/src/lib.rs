//! What the scanner of hes-kiosk reads beside its peers, on frames of its own making.

#[cfg(feature = "peers")]
pub mod latency;
pub mod lobby;
#[cfg(feature = "log")]
pub mod log;
#[cfg(feature = "peers")]
pub mod ours;
#[cfg(feature = "peers")]
pub mod peers;
#[cfg(feature = "peers")]
pub mod photographs;
#[cfg(feature = "peers")]
pub mod tally;

/// An error that ends a run: it is printed and nothing else.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// What a run ends with: its error is printed.
pub fn end(result: Result<(), Failure>) -> std::process::ExitCode {
    match result {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            std::process::ExitCode::FAILURE
        }
    }
}
