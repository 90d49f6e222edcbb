import { Alert } from 'antd'
import type { CaseView } from '../../casework/life/schema.ts'
import type { WorkOrder } from '../../casework/work-orders/schema.ts'
import { useOrder } from '../calls/use-order.ts'
import { useWords } from '../kit/language.tsx'
import { spaced } from '../kit/phone-number.ts'
import { standingParts } from './case-units.tsx'
import styles from './merge-preview.module.css'
import { StatusTag } from './tags.tsx'
import { useCase } from './use-case.ts'

interface Props {
  readonly view: CaseView
  readonly form: WorkOrder | null
  readonly into: string
}

const TAKES_NONE: ReadonlySet<CaseView['status']> = new Set(['merged', 'void', 'archived', 'emergency'])
const ENDED: ReadonlySet<CaseView['status']> = new Set(['closed'])

/** Before an order is merged: into what, and who is told of it, when and by whom. */
export function MergePreview({ view, form, into }: Props) {
  const { t } = useWords()
  const target = useCase(into).data
  const targetForm = useOrder(into).data
  if (target === undefined || targetForm === undefined || form === null) return null
  const lead = standingParts(target).find(({ role }) => role === 'lead')?.unitName
  const units = standingParts(view).map(({ unitName }) => unitName)
  return (
    <div className={styles.preview} data-testid="merge-preview">
      <p>
        {t('merge.into')} <b>{targetForm.title || t('orders.untitled')}</b> {target.number}{' '}
        <StatusTag status={target.status} /> {lead}
      </p>
      {TAKES_NONE.has(target.status) ? (
        <Alert type="error" showIcon title={t('problem.merge-target-closed')} />
      ) : (
        <dl>
          <dt>{t('merge.citizen')}</dt>
          <dd>
            {form.callerNumber === '' ? (
              t('merge.citizen.nobody')
            ) : (
              <>
                <b>{form.secret ? t('case.caller.secret') : spaced(form.callerNumber)}</b>
                {t(ENDED.has(target.status) ? 'merge.citizen.at-once' : 'merge.citizen.later')}
              </>
            )}
            {view.merged.length > 0 && (
              <div>
                {t('merge.citizen.before', { numbers: view.merged.map(one => one.number).join('、') })}
              </div>
            )}
          </dd>
          <dt>{t('merge.units')}</dt>
          <dd>
            {units.length === 0 ? (
              t('merge.units.none')
            ) : (
              <>
                <b>{units.join('、')}</b>
                {t('merge.units.told')}
              </>
            )}
          </dd>
          <dt>{t('merge.target')}</dt>
          <dd>
            {lead === undefined ? t('merge.target.nobody') : t('merge.target.not-told', { unit: lead })}
          </dd>
        </dl>
      )}
    </div>
  )
}
