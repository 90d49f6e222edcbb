import { Alert, Button, Empty, Spin } from 'antd'
import { useState } from 'react'
import type { CaseView } from '../../casework/life/schema.ts'
import type { Me } from '../../people/sessions/schema.ts'
import { useOrder } from '../calls/use-order.ts'
import { codeOf } from '../kit/api.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { ActBar } from './act-bar.tsx'
import { ActComposer } from './act-composer.tsx'
import { actDraft } from './act-drafts.ts'
import { type ActInput, type Offered, offered } from './acts.ts'
import styles from './case.module.css'
import { CaseClocks } from './case-clocks.tsx'
import { CaseFiles } from './case-files.tsx'
import { CaseHead } from './case-head.tsx'
import { CaseRelated } from './case-related.tsx'
import { CaseText } from './case-text.tsx'
import { CaseTimeline } from './case-timeline.tsx'
import { CaseUnits } from './case-units.tsx'
import { PartComposer } from './part-composer.tsx'
import { useCase, useTimeline } from './use-case.ts'

interface Props {
  readonly id: string
  readonly me: Me
}

/** One case: what is asked, who is at it, until when, all that happened, and what can be done now. */
export function CasePanel({ id, me }: Props) {
  const { t } = useWords()
  const view = useCase(id)
  if (view.data !== undefined) return <Case view={view.data} me={me} />
  if (!view.isError) return <Spin className={styles.opening ?? ''} />
  const gone = ['not-found', 'bad-input', 'not-allowed'].includes(codeOf(view.error))
  return gone ? (
    <Empty className={styles.opening ?? ''} description={t('orders.gone')} data-testid="case-gone" />
  ) : (
    <Alert
      type="error"
      showIcon
      title={t(problemKey(view.error))}
      action={<Button onClick={() => void view.refetch()}>{t('calls.refresh')}</Button>}
    />
  )
}

/** The form that stands open above the case. */
type Doing =
  | { readonly what: 'act'; readonly act: Offered; readonly preset: Partial<ActInput> }
  | { readonly what: 'part' }

function Case({ view, me }: { readonly view: CaseView; readonly me: Me }) {
  const form = useOrder(view.id)
  const timeline = useTimeline(view.id)
  const [doing, setDoing] = useState<Doing | null>(null)
  const close = () => setDoing(null)
  const merge = offered(view.possible).find(({ name }) => name === 'merge')
  const mergeInto = (act: Offered) => (into: string) => setDoing({ what: 'act', act, preset: { into } })
  return (
    <article className={styles.case} data-testid="case" data-status={view.status} data-order={view.id}>
      <CaseHead view={view} form={form.data ?? null} />
      <ActBar
        view={view}
        open={doing?.what === 'act' ? doing.act.name : null}
        busy={doing !== null}
        onOpen={act => setDoing({ what: 'act', act, preset: {} })}
      />
      {doing?.what === 'part' && form.data !== undefined && (
        <PartComposer parent={form.data} me={me} onClose={close} />
      )}
      {doing?.what === 'act' && (
        <ActComposer
          key={`${doing.act.name} ${doing.preset.into}`}
          act={doing.act}
          draft={actDraft(me.id, view.id, doing.act.name)}
          preset={doing.preset}
          view={view}
          form={form.data ?? null}
          timeline={timeline.data ?? []}
          onClose={close}
        />
      )}
      <div className={styles.parts}>
        <div className={styles.column}>
          <CaseText view={view} form={form.data ?? null} me={me} />
          <CaseClocks view={view} />
          <CaseUnits view={view} />
          <CaseFiles key={view.id} id={view.id} mayAdd={view.possible.length > 0} />
          <CaseRelated
            view={view}
            onMerge={merge === undefined ? null : mergeInto(merge)}
            onOpenPart={() => setDoing({ what: 'part' })}
          />
        </div>
        <div className={styles.column}>
          <CaseTimeline id={view.id} entries={timeline.data ?? null} me={me} />
        </div>
      </div>
    </article>
  )
}
