import { Alert, Tag } from 'antd'
import type { CaseView } from '../../casework/life/schema.ts'
import type { WorkOrder } from '../../casework/work-orders/schema.ts'
import { useWorkOrderTypes } from '../agent/use-catalogues.ts'
import { useWords } from '../kit/language.tsx'
import { hashOf } from '../shell/place.ts'
import styles from './case-head.module.css'
import { CaseKin } from './case-kin.tsx'
import marks from './marks.module.css'
import { PriorityMark, SecretTag, StatusTag, SupervisionTag } from './tags.tsx'

interface Props {
  readonly view: CaseView
  readonly form: WorkOrder | null
}

export function CaseHead({ view, form }: Props) {
  const { t, nameOf } = useWords()
  const type = useWorkOrderTypes().find(({ code }) => code === form?.typeCode)
  const { reworks, returns, extensions, callBackTries, grade, closing } = view
  return (
    <header className={styles.head}>
      <h2>{form === null ? ' ' : form.title || t('orders.untitled')}</h2>
      <div className={styles.marks}>
        <PriorityMark priority={view.priority} />
        <StatusTag status={view.status} />
        {closing !== null && <Tag className={marks.tag ?? ''}>{t(`case.closing.${closing}`)}</Tag>}
        {grade !== null && <Tag className={marks.tag ?? ''}>{t(`grade.${grade}`)}</Tag>}
        <SupervisionTag level={view.supervision} />
        {form?.secret === true && <SecretTag />}
        {type !== undefined && <span>{nameOf(type)}</span>}
        <span className={styles.number} data-testid="case-number">
          {view.number}
        </span>
        {reworks > 0 && <span className={styles.warned}>{t('case.reworks', { count: reworks })}</span>}
        {returns > 0 && <span className={styles.warned}>{t('case.returns', { count: returns })}</span>}
        {extensions > 0 && <span>{t('case.extensions', { count: extensions })}</span>}
        {view.status === 'to-call-back' && callBackTries.length > 0 && (
          <span className={styles.warned}>{t('case.tries', { count: callBackTries.length })}</span>
        )}
      </div>
      <CaseKin id={view.id} />
      <Standing view={view} />
    </header>
  )
}

/** What runs beside the main line and waits for somebody, or stands in the way. */
function Standing({ view }: { readonly view: CaseView }) {
  const { t } = useWords()
  const { hold, extensionAsk, overrideAsk, mergedInto } = view
  return (
    <>
      {hold !== null && (
        <Alert
          type={hold.state === 'held' ? 'info' : 'warning'}
          showIcon
          title={`${t(hold.state === 'held' ? 'case.held' : 'case.hold-asked', { kind: t(`hold.${hold.kind}`) })} · ${hold.reason}`}
        />
      )}
      {extensionAsk !== null && (
        <Alert
          type="warning"
          showIcon
          title={`${t('case.extension-asked', { days: extensionAsk.days })} · ${extensionAsk.reason}`}
        />
      )}
      {overrideAsk !== null && (
        <Alert
          type="warning"
          showIcon
          title={`${t('case.override-asked', { to: t(`case.status.${overrideAsk.to}`) })} · ${overrideAsk.reason}`}
        />
      )}
      {mergedInto !== null && (
        <Alert
          type="info"
          showIcon
          title={t('case.merged-into')}
          action={<a href={hashOf('orders', mergedInto)}>{t('case.open')}</a>}
        />
      )}
    </>
  )
}
