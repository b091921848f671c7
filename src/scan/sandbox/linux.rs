//! Linux: Landlock for files, seccomp for system calls, a resource limit for memory.
//!
//! Both hold for the calling thread and those that it starts, and for the programs that they start. Where
//! the kernel lacks one of them, or knows less of it, the process goes on with what there is.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use landlock::{
    ABI, Access, AccessFs, Ruleset, RulesetAttr, RulesetCreatedAttr, RulesetError, RulesetStatus, Scope,
    make_bitflags, path_beneath_rules,
};
use rustix::process::{Resource, Rlimit, setrlimit};
use seccompiler::{BpfProgram, SeccompAction, SeccompFilter, apply_filter};

use super::Gaps;
use crate::scan::CameraSource;

/// The newest Landlock whose restrictions are used; older kernels know fewer of them.
const LANDLOCK: ABI = ABI::V6;

/// The address space of a decode worker in bytes.
const WORKER_MEMORY: u64 = 512 << 20;

/// Confines this process to what a scanner needs for `source`.
pub fn confine_scanner(source: &CameraSource) -> Gaps {
    let files = restrict_files(Some(source));
    let calls = forbid_calls();
    Gaps { files: files.is_none(), calls: calls.is_none(), memory: false }
}

/// Confines this process to what a decode worker needs.
pub fn confine_worker() -> Gaps {
    let limit = Rlimit { current: Some(WORKER_MEMORY), maximum: Some(WORKER_MEMORY) };
    let memory = setrlimit(Resource::As, limit).ok();
    close_inherited();
    let files = restrict_files(None);
    let calls = allow_calls();
    Gaps { files: files.is_none(), calls: calls.is_none(), memory: memory.is_none() }
}

/// Closes what the parent did not mean to give away: a camera's handle is inherited by each process that is
/// started while the camera is open, and would keep it busy.
#[allow(unsafe_code)]
fn close_inherited() {
    // SAFETY: it touches no memory, and nothing in this process owns a file yet but the standard ones.
    // Where the kernel is older than 5.9 it does nothing.
    unsafe { libc::syscall(libc::SYS_close_range, 3, libc::c_uint::MAX, 0) };
}

/// Leaves the files that a scanner of `source` needs, or none.
fn restrict_files(source: Option<&CameraSource>) -> Option<()> {
    let restrict = || -> Result<RulesetStatus, RulesetError> {
        let mut ruleset = Ruleset::default()
            .handle_access(AccessFs::from_all(LANDLOCK))?
            .scope(Scope::from_all(LANDLOCK))?
            .create()?;
        if let Some(source) = source {
            let run = AccessFs::from_read(LANDLOCK);
            let read = make_bitflags!(AccessFs::{ReadFile | ReadDir});
            let devices = read | make_bitflags!(AccessFs::{WriteFile | IoctlDev});
            ruleset = ruleset
                // Rules hold for paths and can't name devices that will appear: the folder's own
                // permissions say which of them the kiosk's user may open.
                .add_rules(path_beneath_rules(["/dev"], devices))?
                .add_rules(path_beneath_rules(["/sys", "/etc/ld.so.cache"], read))?
                .add_rules(path_beneath_rules(libraries(), run))?
                .add_rules(path_beneath_rules(["/proc/self/exe"], run))?;
            if matches!(source, CameraSource::Replay(_)) {
                // The pictures may be links to anywhere.
                ruleset = ruleset.add_rules(path_beneath_rules(["/"], read))?;
            }
        }
        Ok(ruleset.restrict_self()?.ruleset)
    };
    restrict().ok().filter(|status| *status != RulesetStatus::NotEnforced).map(|_| ())
}

/// The folders of the libraries and of the loader that run this program: what another process of it needs.
/// Folders, since an update of the system replaces the files while the kiosk runs.
fn libraries() -> BTreeSet<PathBuf> {
    let maps = std::fs::read_to_string("/proc/self/maps").unwrap_or_default();
    let program = std::env::current_exe().unwrap_or_default();
    let files = maps.lines().filter_map(|line| Some(Path::new(&line[line.find('/')?..])));
    files.filter(|file| *file != program).filter_map(Path::parent).map(Path::to_owned).collect()
}

/// What a scanner never calls. A list of what is forbidden, as it runs foreign code (the loader, the camera's
/// driver library, a new worker) that later versions may need other calls for; what could be done with
/// files beyond that is Landlock's. They fail as for somebody without the permission.
const FORBIDDEN: [i64; 34] = [
    // Networks; io_uring can open sockets past this filter.
    libc::SYS_socket,
    libc::SYS_connect,
    libc::SYS_bind,
    libc::SYS_listen,
    libc::SYS_accept,
    libc::SYS_accept4,
    libc::SYS_io_uring_setup,
    // Other processes.
    libc::SYS_ptrace,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_pidfd_getfd,
    // What is written about files; Landlock does not know it.
    libc::SYS_fchmod,
    libc::SYS_fchmodat,
    libc::SYS_fchmodat2,
    libc::SYS_fchown,
    libc::SYS_fchownat,
    libc::SYS_truncate,
    libc::SYS_utimensat,
    libc::SYS_setxattr,
    libc::SYS_lsetxattr,
    libc::SYS_fsetxattr,
    libc::SYS_removexattr,
    libc::SYS_lremovexattr,
    libc::SYS_fremovexattr,
    // The kernel's less trodden paths.
    libc::SYS_add_key,
    libc::SYS_request_key,
    libc::SYS_keyctl,
    libc::SYS_bpf,
    libc::SYS_perf_event_open,
    libc::SYS_userfaultfd,
    libc::SYS_unshare,
    libc::SYS_setns,
    libc::SYS_mount,
    libc::SYS_chroot,
];

/// The older names of the same that this processor's kernel still has.
#[cfg(target_arch = "x86_64")]
const FORBIDDEN_LEGACY: [i64; 6] = [
    libc::SYS_chmod,
    libc::SYS_chown,
    libc::SYS_lchown,
    libc::SYS_utime,
    libc::SYS_utimes,
    libc::SYS_futimesat,
];
#[cfg(not(target_arch = "x86_64"))]
const FORBIDDEN_LEGACY: [i64; 0] = [];

/// All that a decode worker calls once it runs. A list of what is allowed, as nothing is loaded any more and
/// decoders only compute: reading and answering, allocating, and the end by any way. Everything else fails
/// as on a kernel that lacks it, so that a later C library falls back to what is here.
const ALLOWED: [i64; 26] = [
    libc::SYS_read,
    libc::SYS_readv,
    libc::SYS_write,
    libc::SYS_writev,
    libc::SYS_close,
    libc::SYS_brk,
    libc::SYS_mmap,
    libc::SYS_munmap,
    libc::SYS_mremap,
    libc::SYS_mprotect,
    libc::SYS_madvise,
    libc::SYS_futex,
    libc::SYS_getrandom,
    libc::SYS_clock_gettime,
    libc::SYS_clock_nanosleep,
    libc::SYS_restart_syscall,
    libc::SYS_sched_yield,
    libc::SYS_sched_getaffinity,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_sigaltstack,
    libc::SYS_rseq,
    libc::SYS_set_robust_list,
    libc::SYS_exit,
    libc::SYS_exit_group,
];

fn forbid_calls() -> Option<()> {
    let calls = FORBIDDEN.into_iter().chain(FORBIDDEN_LEGACY);
    filter_calls(calls, SeccompAction::Allow, SeccompAction::Errno(libc::EPERM.unsigned_abs()))
}

fn allow_calls() -> Option<()> {
    filter_calls(ALLOWED, SeccompAction::Errno(libc::ENOSYS.unsigned_abs()), SeccompAction::Allow)
}

fn filter_calls(
    calls: impl IntoIterator<Item = i64>,
    for_others: SeccompAction,
    for_these: SeccompAction,
) -> Option<()> {
    let rules: BTreeMap<i64, _> = calls.into_iter().map(|call| (call, Vec::new())).collect();
    let processor = std::env::consts::ARCH.try_into().ok()?;
    let filter = SeccompFilter::new(rules, for_others, for_these, processor).ok()?;
    apply_filter(&BpfProgram::try_from(filter).ok()?).ok()
}

#[cfg(test)]
mod tests;
