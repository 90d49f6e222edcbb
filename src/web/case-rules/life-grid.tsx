import { Fragment } from 'react'
import type { ActName } from '../../cases/life/acts.ts'
import type { LifeTable, Move } from '../../cases/life/table.ts'
import type { LifeTableFrame } from '../../casework/life/schema.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { wrongKey } from '../settings/field.tsx'
import type { FieldProblems } from '../settings/fields.ts'
import { isSame } from '../settings/merge.ts'
import { actsOf, type Frame, GROUPS, STATUSES, wrongWithin } from './life-form.ts'
import styles from './life-grid.module.css'
import { targetWords, whoWords } from './life-words.ts'

interface Props {
  readonly table: LifeTable
  /** What is edited: acts that differ are marked. */
  readonly base: LifeTable
  readonly frame: LifeTableFrame | undefined
  readonly problems: FieldProblems
  readonly chosen: ActName
  readonly onChoose: (act: ActName) => void
}

/** Every act by every status: where it may begin, where it leads, who may, and what else must hold. */
export function LifeGrid({ table, base, frame, problems, chosen, onChoose }: Props) {
  const { t } = useWords()
  return (
    <table className={styles.grid} data-testid="moves">
      <thead>
        <tr>
          <th className={styles.act}>{t('case-rules.act')}</th>
          {STATUSES.map(status => {
            const problem = problems[`statuses.${status}`]
            return (
              <th
                key={status}
                className={css(styles.status, problem !== undefined && styles.wrong)}
                title={problem === undefined ? undefined : t(wrongKey(problem))}
                data-problem={problem}
              >
                {t(`case.status.${status}`)}
              </th>
            )
          })}
          <th>{t('case-rules.who')}</th>
          <th className={styles.guards}>{t('case-rules.guards')}</th>
        </tr>
      </thead>
      <tbody>
        {GROUPS.map(group => (
          <Fragment key={group}>
            <tr className={styles.group}>
              <th colSpan={STATUSES.length + 2} scope="rowgroup">
                {t(`case-rules.group.${group}`)}
              </th>
              <td className={styles.guards} />
            </tr>
            {actsOf(group).map(act => (
              <Row
                key={act}
                act={act}
                move={table.moves[act]}
                frame={frame?.acts[act]}
                changed={!isSame(table.moves[act], base.moves[act])}
                wrong={wrongWithin(problems, act)}
                chosen={act === chosen}
                onChoose={onChoose}
              />
            ))}
          </Fragment>
        ))}
      </tbody>
    </table>
  )
}

interface RowProps {
  readonly act: ActName
  readonly move: Move
  readonly frame: Frame | undefined
  readonly changed: boolean
  readonly wrong: number
  readonly chosen: boolean
  readonly onChoose: (act: ActName) => void
}

function Row({ act, move, frame, changed, wrong, chosen, onChoose }: RowProps) {
  const { t } = useWords()
  const who = move.who.map(one => whoWords(t, one)).join(t('case-rules.or'))
  const guards = move.guards.map(guard => t(`case-rules.guard.${guard}`)).join('；')
  const leadsTo = frame === undefined || frame.choosesTo ? move.to : frame.to
  const stays = frame?.to.length === 0
  return (
    <tr
      className={css(chosen && styles.chosen)}
      onClick={() => onChoose(act)}
      data-testid={`act-${act}`}
      data-changed={changed}
      data-wrong={wrong}
    >
      <th className={styles.act} scope="row">
        <button
          type="button"
          aria-pressed={chosen}
          title={`${t('case-rules.leads-to')}：${targetWords(t, move, frame)}`}
        >
          {t(`case-rules.act.${act}`)}
        </button>
        {wrong > 0 ? <i className={styles.bad}>{wrong}</i> : changed && <i className={styles.changed} />}
      </th>
      {STATUSES.map(status => (
        <td key={status} className={styles.cell}>
          {move.from.includes(status) && <span className={stays ? styles.stays : styles.from} />}
          {!stays && leadsTo.includes(status) && <span className={styles.to}>→</span>}
        </td>
      ))}
      <td title={who}>{who}</td>
      <td className={styles.guards} title={guards}>
        {guards}
      </td>
    </tr>
  )
}
