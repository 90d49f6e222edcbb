import type { Related } from '../../casework/relations/schema.ts'
import { useWords } from '../kit/language.tsx'
import { hashOf } from '../shell/place.ts'
import styles from './case-head.module.css'
import { PartsDone } from './related-group.tsx'
import { StatusTag } from './tags.tsx'
import { useRelated } from './use-related.ts'

/** What an order is a part of, and how far its own parts have come. */
export function CaseKin({ id }: { readonly id: string }) {
  const { data } = useRelated(id)
  return data === undefined ? null : <Kin linked={data.linked} />
}

function Kin({ linked }: Pick<Related, 'linked'>) {
  const { t } = useWords()
  const parent = linked.find(({ link }) => link === 'parent')
  const parts = linked.filter(({ link }) => link === 'part')
  if (parent === undefined && parts.length === 0) return null
  return (
    <p className={styles.kin} data-testid="case-kin">
      {parent !== undefined && (
        <>
          {t('kin.part-of')} <a href={hashOf('orders', parent.id)}>{parent.title || parent.number}</a>
          <StatusTag status={parent.status} />
        </>
      )}
      {parts.length > 0 && (
        <>
          {t('related.part')} <PartsDone parts={parts} />
          {parts.map(part => (
            <span key={part.id}>
              <a href={hashOf('orders', part.id)}>{part.title || part.number}</a>
              <StatusTag status={part.status} />
            </span>
          ))}
        </>
      )}
    </p>
  )
}
