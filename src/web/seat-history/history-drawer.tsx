import { DownloadOutlined } from '@ant-design/icons'
import { Button, Drawer, Table, Tag } from 'antd'
import type { Formula } from '../../insight/intervals/schema.ts'
import type { AgentHistory, Sitting, Spell, StateSum } from '../../insight/seat-history/schema.ts'
import { useNotReadyReasons } from '../agent/use-catalogues.ts'
import { percent } from '../kit/figures.ts'
import { FormulaNote, formulaOf } from '../kit/formula-note.tsx'
import { useWords } from '../kit/language.tsx'
import { STATE_COLOUR } from '../kit/theme.ts'
import { clock, duration } from '../kit/time.ts'
import { useHeight } from '../kit/use-size.ts'
import styles from './history-drawer.module.css'

interface Props {
  readonly agent: AgentHistory | null
  readonly formulas: readonly Formula[]
  readonly csvUrl: string
  readonly onClose: () => void
}

/** One agent's day in full: the sums, which are the signed-in time, and every spell. */
export function HistoryDrawer({ agent, formulas, csvUrl, onClose }: Props) {
  const { t } = useWords()
  return (
    <Drawer
      open={agent !== null}
      onClose={onClose}
      size={520}
      mask={false}
      destroyOnHidden
      title={agent?.name}
      extra={
        <Button icon={<DownloadOutlined />} href={csvUrl} download data-testid="spells-csv">
          {t('seat-history.csv.spells')}
        </Button>
      }
      styles={{ body: { padding: 16, display: 'flex', flexDirection: 'column', gap: 14 } }}
      data-testid="history-drawer"
    >
      {agent !== null && <OneDay agent={agent} formulas={formulas} />}
    </Drawer>
  )
}

function OneDay({
  agent,
  formulas,
}: {
  readonly agent: AgentHistory
  readonly formulas: readonly Formula[]
}) {
  const { t } = useWords()
  return (
    <>
      <div className={styles.heads}>
        <p>
          <FormulaNote formula={formulaOf(formulas, 'signed-in')}>{t('seat-history.signed-in')}</FormulaNote>
          <b data-testid="signed-in">{duration(agent.signedInMs)}</b>
        </p>
        <p>
          <FormulaNote formula={formulaOf(formulas, 'occupancy')}>{t('seat-history.occupancy')}</FormulaNote>
          <b>{percent(agent.occupancy.value)}</b>
        </p>
        <ul>
          {agent.sittings.map(sitting => (
            <SittingLine key={`${sitting.seat} ${sitting.from}`} sitting={sitting} />
          ))}
        </ul>
      </div>
      <Sums sums={agent.sums} wholeMs={agent.signedInMs} />
      <Spells sittings={agent.sittings} />
    </>
  )
}

function SittingLine({ sitting }: { readonly sitting: Sitting }) {
  const { t } = useWords()
  return (
    <li>
      {t('seat-history.seat', { seat: sitting.seat })}{' '}
      <time>
        {clock(sitting.from)}–{clock(sitting.to)}
      </time>
      {sitting.began === 'before' && <Tag>{t('seat-history.began.before')}</Tag>}
      {sitting.ended !== 'signed-out' && (
        <Tag color={sitting.ended === 'not-recorded' ? 'warning' : 'processing'}>
          {t(`seat-history.ended.${sitting.ended}`)}
        </Tag>
      )}
    </li>
  )
}

/** Each as long as its share of the whole. */
function Sums({ sums, wholeMs }: { readonly sums: readonly StateSum[]; readonly wholeMs: number }) {
  const { t } = useWords()
  const { nameOfReason } = useNotReadyReasons()
  return (
    <section>
      <h3>{t('seat-history.sums')}</h3>
      <ol className={styles.sums} data-testid="sums">
        {sums.map(({ state, reason, ms, times }) => (
          <li key={`${state}/${reason}`}>
            <span>
              {t(`state.${state}`)}
              {reason !== null && <small> {nameOfReason(reason)}</small>}
            </span>
            <i>
              <i
                style={{
                  width: `${wholeMs === 0 ? 0 : (ms / wholeMs) * 100}%`,
                  background: STATE_COLOUR[state],
                }}
              />
            </i>
            <small>{t('seat-history.calls', { count: times })}</small>
            <time>{duration(ms)}</time>
          </li>
        ))}
      </ol>
    </section>
  )
}

interface SpellRow extends Spell {
  readonly seat: string
}

const HEAD_PX = 40

function Spells({ sittings }: { readonly sittings: readonly Sitting[] }) {
  const { t } = useWords()
  const { nameOfReason } = useNotReadyReasons()
  const [box, height] = useHeight<HTMLDivElement>()
  const rows = sittings.flatMap(({ seat, spells = [] }) => spells.map(spell => ({ ...spell, seat })))
  return (
    <div ref={box} className={styles.spells} data-testid="spells">
      {height > 0 && (
        <Table<SpellRow>
          size="small"
          virtual
          pagination={false}
          rowKey={row => `${row.seat} ${row.from} ${row.state}`}
          dataSource={rows}
          scroll={{ x: 470, y: Math.max(160, height - HEAD_PX) }}
          columns={[
            { key: 'from', title: t('seat-history.from'), width: 86, render: (_, row) => clock(row.from) },
            { key: 'to', title: t('seat-history.to'), width: 86, render: (_, row) => clock(row.to) },
            {
              key: 'length',
              title: t('seat-history.length'),
              width: 84,
              align: 'right',
              sorter: (left, right) => left.ms - right.ms,
              showSorterTooltip: false,
              render: (_, row) => duration(row.ms),
            },
            {
              key: 'state',
              title: t('seat-history.state'),
              width: 150,
              render: (_, row) => (
                <span className={styles.state} style={{ color: STATE_COLOUR[row.state] }}>
                  {t(`state.${row.state}`)}
                  {row.reason !== null && <small> {nameOfReason(row.reason)}</small>}
                </span>
              ),
            },
            { key: 'seat', title: t('seat-history.seat.column'), width: 64, render: (_, row) => row.seat },
          ]}
        />
      )}
    </div>
  )
}
