import { expect } from 'vitest'
import { Agent } from './agent.ts'
import type { Floor } from './floor.ts'
import type { Telephones } from './telephones.ts'
import { until } from './until.ts'
import { callsOn, IDENTITY_HEADERS, type SipMessage } from './wire.ts'

/** Orders whose citizen asks for secrecy, and what their lines may carry. */

/** A real call to 12345, taken by an agent, whose order is sent to the unit and signed for there. */
export async function secretOrder(
  phones: Telephones,
  { from, unit }: { readonly from: string; readonly unit: string },
): Promise<string> {
  await phones.seat('agent', '1001')
  const agent = await phones.floor.sitDown('a1001', '1001')
  const citizen = await phones.citizen(from, '12345')
  const { draft } = await agent.page.first('pop')
  await phones.untilHeard({ agent: ['citizen'], citizen: ['agent'] })
  await citizen.hangUp()
  await agent.untilSeatIs('wrap-up')
  // The draft is written behind the floor.
  await until(async () => (await agent.ask('GET', `/api/work-orders/${draft}`)).ok)
  const matter = { title: '举报占道', text: '夜里有人占用消防通道', place: '', categoryCode: '1-04-002' }
  const form = { ...matter, typeCode: 'COMPLAINT', secret: true }
  const saved = await agent.ask('PUT', `/api/work-orders/${draft}`, form, { 'if-match': '"1"' })
  expect(saved.status, await saved.clone().text()).toBe(200)
  const to = [{ unit, role: 'lead', person: null }]
  await act(agent, draft, { do: 'dispatch', to, reason: '占用消防通道由交警处置' })
  await phones.clear()
  const handler = await Agent.signIn(phones.floor.stack, unit)
  await act(handler, draft, { do: 'sign', unit })
  handler.close()
  return draft
}

async function act(by: Agent, order: string, form: object): Promise<void> {
  const { version } = await by.get<{ version: number }>(`/api/work-orders/${order}/case`)
  const reply = await by.ask('POST', `/api/work-orders/${order}/acts`, form, { 'if-match': `"${version}"` })
  expect(reply.status, await reply.clone().text()).toBe(200)
}

/** The unit's one telephone, where somebody is at hand at whatever hour this runs. */
export async function phoneOf({ db }: Floor, unit: string): Promise<string> {
  await db.query('update units set duty_hours = null where id = $1', [unit])
  await db.query('delete from unit_contacts where unit_id = $1', [unit])
  const { rows } = await db.query('select phones from units where id = $1', [unit])
  return rows[0].phones[0].replaceAll('-', '')
}

/** What a carrier that was asked for both saw: first the unit’s telephone, then the citizen’s; each called by 12345 alone. */
export function expectCalledInTurn(
  wire: string,
  { unit, citizen }: { readonly unit: string; readonly citizen: string },
): void {
  const lines = callsOn(wire)
  expect(lines.length).toBe(2)
  const [first = [], second = []] = lines
  expectCalled(first, unit)
  expectHidden(first, citizen)
  expectCalled(second, citizen)
  expectHidden(second, unit)
}

/** A telephone that was called by the hotline, as far as its line tells. */
export function expectCalled(line: readonly SipMessage[], number: string): void {
  const invite = line.find(({ received, what }) => received && what === 'INVITE')
  expect(invite?.text).toMatch(new RegExp(`^INVITE sip:${number}@`))
  for (const name of ['from', 'p-asserted-identity']) {
    expect(invite?.headers.get(name)?.join(), name).toMatch(/<sip:12345@/)
  }
}

/** Neither the whole number nor the part that a person would know it by, in any field or anywhere else. */
export function expectHidden(line: readonly SipMessage[], number: string): void {
  const messages = line.filter(({ received }) => received)
  expect(messages.length).toBeGreaterThan(1)
  const digits = knownBy(number)
  for (const { headers, body, what } of messages) {
    for (const name of IDENTITY_HEADERS) {
      for (const value of headers.get(name) ?? []) expect(value, `${what} ${name}`).not.toContain(digits)
    }
    expect(body, `${what} SDP`).not.toContain(digits)
  }
  expect(messages.map(({ text }) => text).join('\n')).not.toContain(digits)
}

/** The part of a number that a person would know it by; whatever has the number has that. */
export function knownBy(number: string): string {
  return number.length > 8 ? number.slice(-8) : number
}
