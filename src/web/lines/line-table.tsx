import { Tag } from 'antd'
import type { LineForm, LineView } from '../../floor/lines/schema.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { useHoursText, useQueueName } from './line-words.ts'
import styles from './lines.module.css'

interface Props {
  readonly lines: readonly LineView[]
  readonly opened: string | null
  readonly isEdited: (number: string) => boolean
  readonly onOpen: (number: string) => void
}

const MODE_COLOUR: Readonly<Record<LineForm['mergeMode'], string>> = {
  merged: 'blue',
  parallel: 'gold',
  'sub-centre': 'purple',
}

/** All lines at once: eighty rows need no pages. Enter opens the row that has the focus. */
export function LineTable({ lines, opened, isEdited, onOpen }: Props) {
  const { t } = useWords()
  const hoursText = useHoursText()
  const queueName = useQueueName()
  return (
    <table className={styles.table} data-testid="lines">
      <thead>
        <tr>
          <th>{t('lines.number')}</th>
          <th>{t('lines.name')}</th>
          <th>{t('lines.mergeMode')}</th>
          <th>{t('lines.queue')}</th>
          <th>{t('lines.greets')}</th>
          <th>{t('lines.hours')}</th>
          <th>{t('lines.active')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(line => (
          <tr
            key={line.number}
            className={css(!line.active && styles.off, isEdited(line.number) && styles.edited)}
            aria-selected={line.number === opened}
            onClick={() => onOpen(line.number)}
            data-testid={`line-${line.number}`}
          >
            <td>
              <button type="button" className={styles.number} onClick={() => onOpen(line.number)}>
                {line.number}
              </button>
            </td>
            <td>{line.name}</td>
            <td>
              <Tag color={MODE_COLOUR[line.mergeMode]}>{t(`lines.mode.${line.mergeMode}`)}</Tag>
            </td>
            <td>{queueName(line.queue)}</td>
            <td>{t(line.greets ? 'yes-no.yes' : 'yes-no.no')}</td>
            <td className={styles.hours}>{hoursText(line.hours)}</td>
            <td>
              <span className={line.active ? styles.on : styles.stopped}>
                {t(line.active ? 'lines.active' : 'lines.active.off')}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
