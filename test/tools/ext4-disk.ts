// A file system of the kind that most servers have, which can fail as theirs do.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'

export interface Ext4Disk extends Disposable {
  readonly directory: string
  /** Lets nobody write to these files, also who has them open, or lets everybody again. */
  allowWrites(allowed: boolean, files: readonly string[]): void
  /** The kernel finds something wrong with it, and from then on lets nobody write anything. */
  fail(): void
  /** As an administrator would: takes it away, has it checked, and mounts it again. */
  repair(): void
  /** Whatever has not been sent to it is lost, and it is mounted again. Who has files open on it must have ended. */
  losePower(): void
}

export interface Ext4Wish {
  /** A directory that has to hold what is written to it; on a full one, the disk takes nothing more. */
  readonly inside?: string
  /** Without one it goes on after something could not be written. */
  readonly journal?: boolean
}

/** Undefined where this machine does not let us have one. */
export function ext4Disk({ inside = tmpdir(), journal = true }: Ext4Wish = {}): Ext4Disk | undefined {
  const directory = mkdtempSync(join(tmpdir(), 'crossconnect-disk-'))
  const images = mkdtempSync(join(inside, 'crossconnect-image-'))
  let image = join(images, '0')
  let copies = 0
  const run = (program: string, ...args: readonly string[]) =>
    execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  const mount = () => {
    const device = run('losetup', '--find', '--show', image)
    try {
      run('mount', '-o', 'errors=remount-ro', device, directory)
    } finally {
      // It stays as long as it is mounted.
      run('losetup', '--detach', device)
    }
    return device
  }
  /** A copy: namespaces that were made meanwhile have the other still mounted. */
  const copy = () => {
    const other = join(images, String(++copies))
    run('cp', '--sparse=always', image, other)
    image = other
  }
  const remove = () => {
    rmSync(images, { recursive: true })
    rmdirSync(directory)
  }
  let device: string
  try {
    run('truncate', '-s', '64M', image)
    run('mkfs.ext4', '-q', ...(journal ? [] : ['-O', '^has_journal']), image)
    device = mount()
  } catch {
    remove()
    return undefined
  }
  return {
    directory,
    allowWrites: (allowed, files) => void run('chattr', allowed ? '-i' : '+i', ...files),
    fail: () => writeFileSync(`/sys/fs/ext4/${basename(device)}/trigger_fs_error`, '1'),
    repair() {
      run('umount', directory)
      copy()
      // It answers 1 when it has mended something.
      run('sh', '-c', 'e2fsck -fy "$0" || [ $? = 1 ]', image)
      device = mount()
    },
    losePower() {
      // Whoever unmounts it first has everything sent to it.
      copy()
      run('umount', directory)
      device = mount()
    },
    [Symbol.dispose]() {
      run('umount', directory)
      remove()
    },
  }
}
