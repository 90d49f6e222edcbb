import { spawnSync } from 'node:child_process'
import { chmodSync, lstatSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { serverOwner } from './unprivileged.ts'

/** The project's own folder. */
export const PROJECT = join(import.meta.dirname, '..', '..')

/** What lies where in an instance's data folder. */
export function instanceFolders(dataDir: string) {
  return {
    data: dataDir,
    secrets: join(dataDir, 'secrets'),
    log: join(dataDir, 'log'),
    postgres: join(dataDir, 'postgres'),
    pbx: join(dataDir, 'pbx'),
    /** Raw recordings, written by the PBX, taken away by the service. */
    spool: join(dataDir, 'spool'),
    rawRecordings: join(dataDir, 'spool', 'raw'),
    /** The city's own announcements, written by the service, played by the PBX. */
    announcements: join(dataDir, 'announcements'),
    /** What Node made of the service's source last time: half of the time that a restart takes. */
    compiled: join(dataDir, 'compiled'),
  }
}

export type InstanceFolders = ReturnType<typeof instanceFolders>

/** 0711: the servers, which may be another user, pass through to their own folders and list nothing. */
export function makeInstanceFolders(folders: InstanceFolders): void {
  mkdirSync(folders.data, { recursive: true, mode: 0o711 })
  chmodSync(folders.data, 0o711)
  mkdirSync(folders.announcements, { recursive: true, mode: 0o755 })
  for (const ours of [folders.secrets, folders.log, folders.compiled])
    mkdirSync(ours, { recursive: true, mode: 0o700 })
  for (const servers of [folders.postgres, folders.pbx, folders.spool, folders.rawRecordings]) {
    makeServerFolder(servers)
  }
}

/** A folder that PostgreSQL or Asterisk writes: theirs alone. */
export function makeServerFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  giveToServers(path)
}

/** Hands a file or tree to the servers' user; a tree that is already theirs is not walked. */
export function giveToServers(path: string): void {
  if (serverOwner === null || lstatSync(path).uid === serverOwner.uid) return
  spawnSync('chown', ['--recursive', `${serverOwner.uid}:${serverOwner.gid}`, path])
}
