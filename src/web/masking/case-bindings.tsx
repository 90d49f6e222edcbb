import { PlusOutlined } from '@ant-design/icons'
import { Alert, Button } from 'antd'
import { useState } from 'react'
import type { BindingList, BindingView } from '../../casework/masking/schema.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { BindingCard } from './binding-card.tsx'
import { isPast } from './binding-words.ts'
import styles from './masking.module.css'
import { NewBindingForm } from './new-binding-form.tsx'
import { type GivenPin, PinDialog } from './pin-dialog.tsx'
import { useBindings } from './use-bindings.ts'

/** The short numbers (虚拟短号) of an order, for whoever has to do with them. Never any number of the citizen. */
export function CaseBindings({ id }: { readonly id: string }) {
  const { t } = useWords()
  const { data, error, refetch } = useBindings(id)
  if (error !== null && data === undefined) {
    return (
      <Alert
        type="error"
        showIcon
        title={t('mask.failed', { reason: t(problemKey(error)) })}
        action={<Button onClick={() => void refetch()}>{t('calls.refresh')}</Button>}
      />
    )
  }
  // An order without any, before somebody who may make none, is as it was before there were any.
  if (data === undefined || data === null || (data.items.length === 0 && !data.mayBind)) return null
  return <Bindings order={id} list={data} />
}

function Bindings({ order, list }: { readonly order: string; readonly list: BindingList }) {
  const { t } = useWords()
  const [adding, setAdding] = useState(false)
  const [pin, setPin] = useState<GivenPin | null>(null)
  // One's own first: that is what a handler came for.
  const now = list.items
    .filter(binding => !isPast(binding))
    .sort((a, b) => Number(b.mayCall) - Number(a.mayCall))
  const past = list.items.filter(isPast)
  const callable = now.find(({ mayCall }) => mayCall) ?? null
  const card = (binding: BindingView) => (
    <BindingCard key={binding.id} binding={binding} byKey={binding.id === callable?.id} onPin={setPin} />
  )
  return (
    <section className={styles.panel} data-testid="bindings">
      <header>
        <h3>{t('mask.title')}</h3>
        <small className={styles.what}>{t('mask.what')}</small>
        {list.mayBind && !adding && (
          <Button
            type="link"
            size="small"
            icon={<PlusOutlined />}
            onClick={() => setAdding(true)}
            data-testid="binding-new"
          >
            {t('mask.new')}
          </Button>
        )}
      </header>
      {adding && (
        <NewBindingForm order={order} units={list.units} onClose={() => setAdding(false)} onPin={setPin} />
      )}
      {list.items.length === 0 && !adding && (
        <p className={styles.quiet} data-testid="bindings-none">
          {t('mask.none')}
        </p>
      )}
      {now.map(card)}
      {past.length > 0 && (
        <details className={styles.past} open={now.length === 0} data-testid="bindings-past">
          <summary>{t('mask.past', { count: past.length })}</summary>
          {past.map(card)}
        </details>
      )}
      <PinDialog given={pin} onClose={() => setPin(null)} />
    </section>
  )
}
