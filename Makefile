# hes-kiosk: `make run` opens the kiosk, `make test` proves it, `make fuzz` looks for what breaks its parsers.

.POSIX:
.PHONY: run test torture test-camera test-contract test-bench bench-scan bench-bulk bench-log bench-window fuzz \
	deps deps-camera deps-contract deps-bench deps-bench-window deps-fuzz deps-screenshots screenshots snapshots sounds order

# The one list of system packages (Debian 12, Ubuntu 24.04): what the build needs, what the window needs
# while it runs, and the display of the tests.
PACKAGES = gcc g++ cmake libc6-dev make perl pkg-config libclang-dev libasound2-dev \
	ca-certificates libx11-6 libx11-xcb1 libxcb1 libxcursor1 libxi6 libxrandr2 \
	libxkbcommon0 libxkbcommon-x11-0 libwayland-client0 \
	xvfb dbus-daemon gnome-keyring

# What the VM of test-camera needs besides (Debian 12).
CAMERA_PACKAGES = qemu-system-x86 seabios busybox-static cpio kmod util-linux

# What schemathesis needs besides, which test-contract brings along.
CONTRACT_PACKAGES = python3-venv

# What takes the README's pictures.
SCREENSHOT_PACKAGES = imagemagick xdotool

# What the peers of bench-scan need besides.
BENCH_PACKAGES = libzbar-dev

# What plays beside the window in bench-window.
BENCH_WINDOW_PACKAGES = ffmpeg

run: deps
	cargo run --release --locked

test: deps
	@mkdir -p target && git status --porcelain > target/tree-before
	cargo fmt --check
	cargo clippy --locked --all-targets -- --deny warnings
	cargo clippy --locked --test vcam -- --deny warnings
	cargo test --locked --no-fail-fast
	@git status --porcelain | cmp -s - target/tree-before || \
		{ git status --short; echo "error: the tests changed the tree" >&2; exit 1; }

# Nothing is lost: ROUNDS kills, and as many more of the other faults than in `make test`. SEED= takes the moments of a run again.
ROUNDS = 1000

torture: deps
	@echo "SEED=$${SEED:=$$(date +%s)}"; export SEED; \
		ROUNDS=$(ROUNDS) cargo test --locked --test torture -- --nocapture && \
		ROUNDS=$(ROUNDS) cargo test --locked --test window kill -- --nocapture

# The scanner and webcams in a VM, one line a story; STORY= runs those alone whose names hold that word.
# Optimised, as the VM's processor is slow.
test-camera: deps deps-camera
	CARGO_PROFILE_DEV_OPT_LEVEL=2 cargo test --locked --test vcam \
		--config "target.'cfg(unix)'.runner = 'tests/vcam/run'" -- --test-threads=1 --color=never $(STORY)

# The simulator beside its contract, assets/hes-service.openapi.yaml.
test-contract: deps deps-contract
	cargo build --locked
	scripts/test-contract target/debug/hes-kiosk

# The scanner beside its peers, on the same frames. bench/ is a crate of its own, whose lock file takes over what
# changes in that of the kiosk.
BENCH = --manifest-path bench/Cargo.toml --target-dir target --release --all-features

bench-scan: deps deps-bench
	cargo build --release --locked
	cargo run $(BENCH) --bin scan

# Everyone in a table beside a bare loop of the same questions.
bench-bulk: deps
	cargo build --release --locked
	cargo run --manifest-path bench/Cargo.toml --target-dir target --release --bin bulk

# The visit log beside SQLCipher without our code; its shell is used where it is there.
bench-log: deps
	cargo build --release --locked
	cargo run --manifest-path bench/Cargo.toml --target-dir target --release --features log --bin log

# The window beside a bare one, and its preview beside ffplay.
bench-window: deps deps-bench-window
	cargo build --release --locked
	cargo build $(WINDOW) --bin bare-window
	cargo run $(WINDOW) --bin window

WINDOW = --manifest-path bench/Cargo.toml --target-dir target --release --features window

test-bench: deps deps-bench
	cd bench && cargo fmt --check
	cargo clippy $(BENCH) --all-targets -- --deny warnings
	cargo test $(BENCH) --no-fail-fast

# Fuzzes each target for SECONDS, from the corpus that the tests run.
SECONDS = 60

fuzz: deps deps-fuzz
	scripts/fuzz $(SECONDS)

deps:
	@scripts/deps $(PACKAGES)

deps-camera:
	@scripts/deps $(CAMERA_PACKAGES)

deps-screenshots:
	@scripts/deps $(SCREENSHOT_PACKAGES)

deps-contract:
	@scripts/deps $(CONTRACT_PACKAGES)

deps-bench:
	@scripts/deps $(BENCH_PACKAGES)

deps-bench-window:
	@scripts/deps $(BENCH_WINDOW_PACKAGES)

deps-fuzz:
	@command -v cargo-fuzz >/dev/null || cargo install --locked cargo-fuzz@0.13.2

# Takes the README's pictures from the program itself; needs xdotool and imagemagick besides.
# The README's pictures.
screenshots: deps deps-screenshots
	cargo build --locked
	scripts/screenshots target/debug/hes-kiosk assets/screenshots

# Takes the pictures anew of the screens that look otherwise, in tests/snapshots: look at each before you commit it.
snapshots: deps
	rm -rf target/snapshots && mkdir -p target/snapshots
	-cargo test --locked --lib snapshots
	cp -R target/snapshots/. tests/snapshots/

# Notes anew which functions a kiosk calls, on x86-64: where the window has come to take more memory (bench-window).
order: deps deps-screenshots
	cargo build --release --locked
	scripts/order target/release/hes-kiosk .cargo/order

# Makes the sounds of the decisions anew; needs python3 besides.
sounds:
	scripts/sounds assets/sounds
