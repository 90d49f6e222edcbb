import { LockOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import type { ReactNode } from 'react'
import type { ActName } from '../../cases/life/acts.ts'
import type { Guard, Move, Who } from '../../cases/life/table.ts'
import type { Right } from '../../cases/rights.ts'
import type { LifeTableFrame } from '../../casework/life/schema.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { Wrong } from '../settings/field.tsx'
import { type FieldProblems, problemWithin } from '../settings/fields.ts'
import { beginning, type Frame, STATUSES, toggled } from './life-form.ts'
import { targetWords, whoWords } from './life-words.ts'
import styles from './move-panel.module.css'

interface Props {
  readonly act: ActName
  readonly move: Move
  readonly frame: LifeTableFrame | undefined
  readonly problems: FieldProblems
  /** null: to look at only. */
  readonly onChange: ((move: Move) => void) | null
  /** null: it is as it was. */
  readonly onUndo: (() => void) | null
}

/** One act of the table: where it begins and leads, who may, and what else must hold. */
export function MovePanel({ act, move, frame, problems, onChange, onUndo }: Props) {
  const { t } = useWords()
  const bounds = frame?.acts[act]
  const path = `moves.${act}`
  const parts = { move, frame, onChange, problems, path }
  return (
    <aside className={styles.panel} aria-label={t(`case-rules.act.${act}`)} data-testid="move-panel">
      <header>
        <h2>{t(`case-rules.act.${act}`)}</h2>
        {onUndo !== null && (
          <Button size="small" type="text" onClick={onUndo} data-testid="move-undo">
            {t('case-rules.move.undo')}
          </Button>
        )}
      </header>
      <FromPart {...parts} bounds={bounds} />
      <ToPart {...parts} bounds={bounds} />
      <WhoPart {...parts} />
      <GuardPart {...parts} bounds={bounds} />
    </aside>
  )
}

interface PartProps {
  readonly move: Move
  readonly frame: LifeTableFrame | undefined
  readonly onChange: ((move: Move) => void) | null
  readonly problems: FieldProblems
  readonly path: string
}
interface BoundedProps extends PartProps {
  readonly bounds: Frame | undefined
}

function Section(props: {
  readonly title: string
  readonly what?: string
  readonly problem?: string | undefined
  readonly children: ReactNode
}) {
  return (
    <section className={css(props.problem !== undefined && styles.bad)}>
      <h3>
        {props.title} {props.what !== undefined && <small>{props.what}</small>}
      </h3>
      {props.children}
      {props.problem !== undefined && <Wrong problem={props.problem} />}
    </section>
  )
}

function FromPart({ move, onChange, problems, path, bounds }: BoundedProps) {
  const { t } = useWords()
  const possible = STATUSES.filter(status => (bounds?.from ?? move.from).includes(status))
  return (
    <Section
      title={t('case-rules.from-statuses')}
      what={t('case-rules.from-statuses.what')}
      problem={problemWithin(problems, `${path}.from`)}
    >
      <div className={styles.chips}>
        {possible.map(status => (
          <button
            key={status}
            type="button"
            aria-pressed={move.from.includes(status)}
            disabled={onChange === null || bounds === undefined}
            onClick={() => bounds && onChange?.(beginning(move, toggled(move.from, status), bounds))}
            data-testid={`from-${status}`}
          >
            {t(`case.status.${status}`)}
          </button>
        ))}
      </div>
      {move.from.length === 0 && <p className={styles.note}>{t('case-rules.from-statuses.never')}</p>}
    </Section>
  )
}

function ToPart({ move, onChange, problems, path, bounds }: BoundedProps) {
  const { t } = useWords()
  return (
    <Section title={t('case-rules.leads-to')} problem={problemWithin(problems, `${path}.to`)}>
      {bounds?.choosesTo ? (
        <div className={styles.chips}>
          {STATUSES.filter(status => bounds.to.includes(status)).map(status => (
            <button
              key={status}
              type="button"
              aria-pressed={move.to.includes(status)}
              disabled={onChange === null}
              onClick={() => {
                const to = toggled(move.to, status)
                onChange?.({ ...move, to: STATUSES.filter(one => to.has(one)) })
              }}
              data-testid={`to-${status}`}
            >
              {t(`case.status.${status}`)}
            </button>
          ))}
        </div>
      ) : (
        <p className={styles.fixed}>{targetWords(t, move, bounds)}</p>
      )}
    </Section>
  )
}

function WhoPart({ move, frame, onChange, problems, path }: PartProps) {
  const { t } = useWords()
  const put = (who: readonly Who[]) => onChange?.({ ...move, who })
  return (
    <Section
      title={t('case-rules.who')}
      what={t('case-rules.who.what')}
      problem={problems[`${path}.who`] ?? problems[path]}
    >
      {move.who.map((who, index) => {
        const problem = problemWithin(problems, `${path}.who.${index}`)
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: one of them is known by its place, as the service names it
          <div key={index} className={css(styles.who, problem !== undefined && styles.bad)}>
            {onChange === null || frame === undefined ? (
              whoWords(t, who)
            ) : (
              <WhoInput
                who={who}
                frame={frame}
                onChange={next => put(move.who.map((one, at) => (at === index ? next : one)))}
                onRemove={() => put(move.who.filter((_, at) => at !== index))}
              />
            )}
            {problem !== undefined && <Wrong problem={problem} />}
          </div>
        )
      })}
      {onChange !== null && (
        <Button
          size="small"
          type="dashed"
          onClick={() => put([...move.who, { right: 'order.lead', over: 'city' }])}
          data-testid="who-add"
        >
          {t('case-rules.who.add')}
        </Button>
      )}
    </Section>
  )
}

const SERVICE = 'service'

function WhoInput(props: {
  readonly who: Who
  readonly frame: LifeTableFrame
  readonly onChange: (who: Who) => void
  readonly onRemove: () => void
}) {
  const { t } = useWords()
  const { who, frame, onChange } = props
  const over = who === SERVICE ? 'city' : who.over
  return (
    <>
      <Select<Right | typeof SERVICE>
        size="small"
        className={styles.right ?? ''}
        showSearch={{ optionFilterProp: 'label' }}
        aria-label={t('case-rules.right')}
        value={who === SERVICE ? SERVICE : who.right}
        options={[
          ...frame.rights.map(right => ({ value: right, label: t(`case-rules.right.${right}`) })),
          { value: SERVICE, label: t('case-rules.service') },
        ]}
        onChange={right => onChange(right === SERVICE ? SERVICE : { right, over })}
      />
      <Select
        size="small"
        className={styles.over ?? ''}
        aria-label={t('case-rules.over')}
        disabled={who === SERVICE}
        value={over}
        options={frame.overs.map(value => ({ value, label: t(`case-rules.over.${value}`) }))}
        onChange={value => who !== SERVICE && onChange({ ...who, over: value })}
      />
      <Button size="small" type="text" onClick={props.onRemove} aria-label={t('case-rules.remove')}>
        ✕
      </Button>
    </>
  )
}

function GuardPart({ move, frame, onChange, problems, path, bounds }: BoundedProps) {
  const { t } = useWords()
  const label = (guard: Guard) => t(`case-rules.guard.${guard}`)
  const put = (guards: readonly Guard[]) => onChange?.({ ...move, guards })
  // A guard that is missing is named as the place where it should be.
  const missing = (bounds?.guards ?? []).filter(guard => problems[`${path}.guards.${guard}`] !== undefined)
  const left = (frame?.guards ?? []).filter(guard => !move.guards.includes(guard))
  return (
    <Section title={t('case-rules.guards')} what={t('case-rules.guards.what')}>
      <ul className={styles.guards}>
        {move.guards.map((guard, index) => (
          <li key={guard}>
            {label(guard)}
            {bounds?.guards.includes(guard) ? (
              <LockOutlined title={t('case-rules.guards.needed')} />
            ) : (
              onChange !== null && (
                <Button
                  size="small"
                  type="text"
                  aria-label={`${t('case-rules.remove')} ${label(guard)}`}
                  onClick={() => put(move.guards.filter(one => one !== guard))}
                >
                  ✕
                </Button>
              )
            )}
            {problems[`${path}.guards.${index}`] !== undefined && (
              <Wrong problem={problems[`${path}.guards.${index}`] ?? ''} />
            )}
          </li>
        ))}
        {missing.map(guard => (
          <li key={guard} className={styles.bad}>
            {label(guard)} <Wrong problem="guard-needed" />
          </li>
        ))}
      </ul>
      {move.guards.length === 0 && missing.length === 0 && (
        <p className={styles.note}>{t('case-rules.guards.none')}</p>
      )}
      {onChange !== null && (
        <Select<Guard | null>
          size="small"
          className={styles.add ?? ''}
          value={null}
          placeholder={t('case-rules.guards.add')}
          options={left.map(value => ({ value, label: label(value) }))}
          onChange={guard => guard !== null && put([...move.guards, guard])}
          data-testid="guard-add"
        />
      )}
    </Section>
  )
}
