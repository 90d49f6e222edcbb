import { useState } from 'react'
import type { CaseView } from '../../casework/life/schema.ts'
import type { Related, RelatedOrder } from '../../casework/relations/schema.ts'
import { useWords } from '../kit/language.tsx'
import frame from './case.module.css'
import styles from './case-related.module.css'
import { RelatedGroup } from './related-group.tsx'
import { TieForm } from './tie-form.tsx'
import { UntieForm } from './untie-form.tsx'
import { useRelated } from './use-related.ts'

interface Props {
  readonly view: CaseView
  /** Null for whoever may not merge it. */
  readonly onMerge: ((into: string) => void) | null
  readonly onOpenPart: () => void
}

type Doing =
  | { readonly what: 'tie'; readonly order: RelatedOrder | null }
  | { readonly what: 'untie'; readonly order: RelatedOrder }

/** Orders beside this one, and what ties them together: tied and untied here, merged and parted at the top. */
export function CaseRelated({ view, onMerge, onOpenPart }: Props) {
  const { t } = useWords()
  const { data } = useRelated(view.id)
  const [doing, setDoing] = useState<Doing | null>(null)
  if (data === undefined) return null
  const mayTie = data.possible.includes('tie')
  const close = () => setDoing(null)
  const groups = groupsOf(data)
  return (
    <section className={frame.part} data-testid="case-related">
      <h3>
        {t('related.title')}
        <span className={styles.tools}>
          {mayTie && (
            <button
              type="button"
              className={frame.link}
              onClick={() => setDoing({ what: 'tie', order: null })}
              data-testid="tie"
            >
              {t('related.tie')}
            </button>
          )}
          {data.possible.includes('open-part') && (
            <button type="button" className={frame.link} onClick={onOpenPart} data-testid="open-part">
              {t('related.open-part')}
            </button>
          )}
        </span>
      </h3>
      {doing?.what === 'tie' && (
        <TieForm key={doing.order?.id} id={view.id} order={doing.order} related={data} onClose={close} />
      )}
      {doing?.what === 'untie' && (
        <UntieForm key={doing.order.id} id={view.id} order={doing.order} related={data} onClose={close} />
      )}
      {groups.length === 0 && <p className={frame.quiet}>{t('related.none')}</p>}
      {groups.map(([group, orders]) => (
        <RelatedGroup
          key={group}
          group={group}
          orders={orders}
          onTie={mayTie ? order => setDoing({ what: 'tie', order }) : null}
          onUntie={mayTie ? order => setDoing({ what: 'untie', order }) : null}
          onMerge={onMerge}
        />
      ))}
    </section>
  )
}

const LINKS = ['parent', 'part', 'repeat', 'near'] as const

/** Whatever is tied or merged is not named once more as a guess. */
function groupsOf({ linked, mergedInto, merged, citizen, similar }: Related) {
  const named = new Set(
    [...linked, ...merged, ...(mergedInto === null ? [] : [mergedInto])].map(one => one.id),
  )
  const others = (orders: readonly RelatedOrder[]) => orders.filter(({ id }) => !named.has(id))
  const groups = [
    ...LINKS.map(link => [link, linked.filter(one => one.link === link)] as const),
    ['mergedInto', mergedInto === null ? [] : [mergedInto]] as const,
    ['merged', merged] as const,
    ['citizen', others(citizen)] as const,
    ['similar', others(similar)] as const,
  ]
  return groups.filter(([, orders]) => orders.length > 0)
}
