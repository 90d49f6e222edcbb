import { type MouseEvent, useMemo, useState } from 'react'
import type { AgentHistory } from '../../insight/seat-history/schema.ts'
import { useNotReadyReasons } from '../agent/use-catalogues.ts'
import { useWords } from '../kit/language.tsx'
import { STATE_COLOUR } from '../kit/theme.ts'
import { clock, duration } from '../kit/time.ts'
import { hoursOf, pathsOf, placeOf, type Scale, spellAt } from './day-scale.ts'
import styles from './seat-history.module.css'

const MOST_HOURS = 14

/** The hours above the bars. */
export function Hours({ scale }: { readonly scale: Scale }) {
  return (
    <div className={styles.hours}>
      {hoursOf(scale, MOST_HOURS).map(at => (
        <span key={at} style={{ left: `${placeOf(at, scale) * 100}%` }}>
          {clock(new Date(at).toISOString()).slice(0, 5)}
        </span>
      ))}
    </div>
  )
}

interface Props {
  readonly agent: AgentHistory
  readonly scale: Scale
}

/** An agent's day from left to right, in the colours of the floor; what is under the pointer is read out. */
export function DayBar({ agent, scale }: Props) {
  const { t } = useWords()
  const [pointed, setPointed] = useState<number | null>(null)
  const paths = useMemo(
    () => [
      ...pathsOf(
        agent.sittings.flatMap(({ spells }) => spells ?? []),
        scale,
      ),
    ],
    [agent, scale],
  )
  const point = (event: MouseEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    setPointed(scale.from + ((event.clientX - box.left) / box.width) * (scale.to - scale.from))
  }
  return (
    <div className={styles.bar}>
      <svg
        viewBox="0 0 1000 1"
        preserveAspectRatio="none"
        role="img"
        aria-label={t('seat-history.bar', { name: agent.name })}
        onMouseMove={point}
        onMouseLeave={() => setPointed(null)}
        data-testid={`bar-${agent.agentNumber}`}
      >
        {agent.sittings.map(({ seat, from, to }) => (
          <rect
            key={`${seat} ${from}`}
            x={placeOf(Date.parse(from), scale) * 1_000}
            width={(placeOf(Date.parse(to), scale) - placeOf(Date.parse(from), scale)) * 1_000}
            height="1"
            className={styles.sitting}
          />
        ))}
        {paths.map(([state, path]) => (
          <path
            key={state}
            d={path}
            fill={STATE_COLOUR[state]}
            className={state === 'ready' ? styles.calm : undefined}
          />
        ))}
      </svg>
      {pointed !== null && <Reading agent={agent} scale={scale} at={pointed} />}
    </div>
  )
}

function Reading({ agent, scale, at }: Props & { readonly at: number }) {
  const { t } = useWords()
  const { nameOfReason } = useNotReadyReasons()
  const found = spellAt(agent.sittings, at)
  if (found === null) return null
  const { seat, spell } = found
  const place = placeOf(at, scale)
  return (
    <span
      className={styles.reading}
      style={place < 0.5 ? { left: `${place * 100}%` } : { right: `${(1 - place) * 100}%` }}
      data-testid="reading"
    >
      <i style={{ background: STATE_COLOUR[spell.state] }} />
      <b>{t(`state.${spell.state}`)}</b>
      {spell.reason !== null && nameOfReason(spell.reason)}
      <time>
        {clock(spell.from)}–{clock(spell.to)} · {duration(spell.ms)}
      </time>
      {t('seat-history.seat', { seat })}
    </span>
  )
}
