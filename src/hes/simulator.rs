//! A stand-in for the status service, for demonstrations, trials and tests: a real HTTP server of the
//! whole contract. It shares no type with the client, so that a mistake in one is not in both.
//!
//! What it says of a code depends on the code's last character alone:
//!
//! | last | answer |
//! | --- | --- |
//! | 0 | riskless, vaccinated |
//! | 1 | risky |
//! | 2 | not found |
//! | 3 | expired |
//! | 4 | riskless, without vaccination, immunity or test |
//! | 5 | riskless, with a negative test 24 hours ago |
//! | 6 | HTTP 503 |
//! | 7 | riskless, after 30 seconds |
//! | 8 | an HTML page under HTTP 200 |
//! | 9 | HTTP 401, whatever the credentials are |
//! | a letter | not found |
//!
//! In bulk 6, 8 and 9 are in neither map and 7 is riskless at once. The health fields are answered by
//! the plus methods alone.

mod contract;

use std::io;
use std::net::SocketAddr;
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::oneshot;

pub use contract::{PASSWORD, USER_NAME};

/// A running simulator; dropping it ends it.
#[derive(Debug)]
pub struct Simulator {
    address: SocketAddr,
    /// Sending on it, or dropping it, ends the server.
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// Why no [`Simulator`] came about.
#[derive(Debug, thiserror::Error)]
pub enum SimulatorError {
    /// The address cannot be listened on, mostly since its port is taken.
    #[error("the simulator cannot listen on {address}: {source}")]
    Listen {
        /// The address that was asked for.
        address: SocketAddr,
        /// What the system says.
        source: io::Error,
    },
    /// The system gave no thread or event queue.
    #[error("the simulator cannot start: {0}")]
    Start(#[source] io::Error),
}

impl Simulator {
    /// Listens on `address`, where port 0 takes a free one, and answers each question after `latency`.
    /// Connections are accepted once this returns.
    ///
    /// # Errors
    /// [`SimulatorError`] where the address cannot be listened on or the system has no thread to spare.
    pub fn start(address: SocketAddr, latency: Duration) -> Result<Self, SimulatorError> {
        Self::start_with_password(address, latency, PASSWORD)
    }

    /// As [`Simulator::start`], with a password that is not public.
    ///
    /// # Errors
    /// As [`Simulator::start`].
    pub fn start_with_password(
        address: SocketAddr,
        latency: Duration,
        password: &str,
    ) -> Result<Self, SimulatorError> {
        let router = contract::router(latency, password);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(SimulatorError::Start)?;
        let listen_error = |source| SimulatorError::Listen { address, source };
        let listener = runtime.block_on(TcpListener::bind(address)).map_err(listen_error)?;
        let address = listener.local_addr().map_err(listen_error)?;
        let (stop, stopped) = oneshot::channel();
        let serve = async move {
            tokio::select! {
                _ = axum::serve(listener, router) => {}
                _ = stopped => {}
            }
        };
        let thread = std::thread::Builder::new()
            .name("simulator".to_owned())
            // Dropping the runtime at the thread's end drops the questions that still wait for an answer.
            .spawn(move || runtime.block_on(serve))
            .map_err(SimulatorError::Start)?;
        Ok(Self { address, stop: Some(stop), thread: Some(thread) })
    }

    /// The base address below which the methods stand, with a slash at its end.
    pub fn base_url(&self) -> String {
        format!("http://{}/", self.address)
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
