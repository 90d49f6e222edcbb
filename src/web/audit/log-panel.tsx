import { DownloadOutlined } from '@ant-design/icons'
import { Alert, Button, Dropdown, Empty, Input, Select, Spin } from 'antd'
import { useState } from 'react'
import type { AuditRow } from '../../casework/audit/schema.ts'
import type { Me } from '../../people/sessions/schema.ts'
import { DaysPicker, days } from '../kit/days-picker.tsx'
import { useWords } from '../kit/language.tsx'
import { dayAfter } from '../kit/period.ts'
import { problemKey } from '../kit/problem-text.ts'
import { serverClock } from '../kit/server-clock.ts'
import { dayOf } from '../kit/time.ts'
import { useSettled } from '../kit/use-settled.ts'
import lines from '../lines/lines.module.css'
import styles from './audit.module.css'
import { AuditTable } from './audit-table.tsx'
import { EntryDrawer } from './entry-drawer.tsx'
import { Lookers } from './lookers.tsx'
import { type Filter, queryOf, useAudit } from './use-audit.ts'

const SUBJECTS = ['staff', 'roles', 'exports', 'identity'] as const
const ASK_AFTER_MS = 250
/** What is looked through at first: a week. */
const FIRST_DAYS = 7

interface Props {
  /** Looks at identities alone, with who looked how often. */
  readonly looks: boolean
  readonly me: Me
}

export function LogPanel({ looks, me }: Props) {
  const { t } = useWords()
  const [filter, setFilter] = useState<Filter>(() => ({
    ...{ subject: looks ? 'identity' : null, who: '', key: '', period: lastDays() },
  }))
  const [opened, setOpened] = useState<AuditRow | null>(null)
  const settled = useSettled(filter, ASK_AFTER_MS)
  const audit = useAudit(settled)
  const change = (part: Partial<Filter>) => setFilter({ ...filter, ...part })
  return (
    <>
      <Tools looks={looks} filter={filter} mayExport={me.rights.includes('export')} onChange={change} />
      {looks && <Lookers period={filter.period} chosen={filter.who} onChoose={who => change({ who })} />}
      {audit.isError && <Alert type="error" banner title={t(problemKey(audit.error))} />}
      <div className={lines.body}>
        <div className={lines.scroll}>
          {audit.isPending ? (
            <Spin className={lines.nothing ?? ''} />
          ) : audit.items.length === 0 ? (
            <Empty
              className={lines.nothing ?? ''}
              image={Empty.PRESENTED_IMAGE_SIMPLE}
              description={t('audit.none')}
            />
          ) : (
            <AuditTable looks={looks} rows={audit.items} opened={opened} onOpen={setOpened} />
          )}
          {audit.hasNextPage && (
            <Button
              block
              className={styles.more ?? ''}
              loading={audit.isFetchingNextPage}
              onClick={() => audit.fetchNextPage()}
              data-testid="audit-more"
            >
              {t('audit.more')}
            </Button>
          )}
        </div>
        <EntryDrawer entry={opened} onClose={() => setOpened(null)} />
      </div>
    </>
  )
}

function lastDays() {
  const today = dayOf(serverClock.now())
  return days(dayAfter(today, 1 - FIRST_DAYS), today)
}

interface ToolsProps {
  readonly looks: boolean
  readonly filter: Filter
  readonly mayExport: boolean
  readonly onChange: (part: Partial<Filter>) => void
}

function Tools({ looks, filter, mayExport, onChange }: ToolsProps) {
  const { t } = useWords()
  return (
    <div className={lines.tools}>
      <DaysPicker period={filter.period} onPeriod={period => onChange({ period })} />
      {!looks && (
        <Select
          className={styles.subject ?? ''}
          value={filter.subject ?? 'all'}
          onChange={chosen => onChange({ subject: SUBJECTS.find(one => one === chosen) ?? null })}
          options={(['all', ...SUBJECTS] as const).map(value => ({
            value,
            label: t(`audit.subject.${value}`),
          }))}
          aria-label={t('audit.subject')}
          data-testid="audit-subject"
        />
      )}
      <Input
        className={styles.text ?? ''}
        value={filter.who}
        maxLength={60}
        allowClear
        placeholder={t('audit.who.hint')}
        aria-label={t('audit.who')}
        onChange={event => onChange({ who: event.target.value })}
        data-testid="audit-who"
      />
      <Input
        className={styles.text ?? ''}
        value={filter.key}
        maxLength={60}
        allowClear
        placeholder={t(looks ? 'audit.order.hint' : 'audit.key.hint')}
        aria-label={t('audit.key')}
        onChange={event => onChange({ key: event.target.value })}
        data-testid="audit-key"
      />
      <span className={lines.push} title={mayExport ? undefined : t('audit.export.not')}>
        <Dropdown
          disabled={!mayExport}
          menu={{
            items: (['xlsx', 'csv'] as const).map(format => ({
              key: format,
              label: (
                <a href={`/api/audit/export?${queryOf(filter)}&format=${format}`} download>
                  {t(`audit.export.${format}`)}
                </a>
              ),
            })),
          }}
        >
          <Button icon={<DownloadOutlined />} data-testid="audit-export">
            {t('audit.export')}
          </Button>
        </Dropdown>
      </span>
    </div>
  )
}
