import { useQueryClient } from '@tanstack/react-query'
import { App, Empty } from 'antd'
import { type ReactNode, useState } from 'react'
import type { DispatchWords, RuleTrial, WordLists } from '../../casework/dispatch/schema.ts'
import type { Category } from '../../casework/work-orders/schema.ts'
import type { Me } from '../../people/sessions/schema.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import lines from '../lines/lines.module.css'
import { ConflictDialog } from '../settings/conflict-dialog.tsx'
import { Drafts } from '../settings/drafts.ts'
import type { FieldView } from '../settings/fields.ts'
import { HistoryDrawer } from '../settings/history-drawer.tsx'
import { isSame } from '../settings/merge.ts'
import { SaveBar } from '../settings/save-bar.tsx'
import shared from '../settings/settings.module.css'
import { type Editor, useEditor } from '../settings/use-editor.ts'
import { DispatchHead, WORDS } from './dispatch-head.tsx'
import styles from './dispatch-rules.module.css'
import { useCategoryName, useCategoryParts } from './rule-words.ts'
import { TryOut } from './try-out.tsx'
import { readDispatchWords, saveDispatchWords, WORDS_KEY } from './use-dispatch-words.ts'
import { changedLists, formOf, isFound, listedCategories, URGENCY_LISTS } from './word-form.ts'
import { WordRow } from './word-row.tsx'
import wordStyles from './words.module.css'

const drafts = new Drafts<DispatchWords, WordLists>()

interface Props {
  readonly me: Me
  readonly view: DispatchWords
  readonly categories: readonly Category[]
}

export function WordsEditor({ me, view, categories }: Props) {
  const { t } = useWords()
  const { message } = App.useApp()
  const client = useQueryClient()
  const [search, setSearch] = useState('')
  const [trial, setTrial] = useState<RuleTrial | null>(null)
  const [listed, setListed] = useState(false)
  const formOfView = (one: DispatchWords) =>
    formOf(
      one,
      categories.map(({ code }) => code),
    )
  const editor = useEditor<DispatchWords, WordLists>({
    drafts,
    draftKey: me.id,
    view,
    formOf: formOfView,
    blank: {},
    save: (form, base) => saveDispatchWords(changedLists(form, (base ?? view).lists), (base ?? view).version),
    read: readDispatchWords,
    onSaved(saved) {
      message.success(t('settings.saved'))
      client.setQueryData(WORDS_KEY, saved)
    },
  })
  const fields = useListFields(categories)
  const all = Object.values(editor.form)
  const items = listedCategories(categories, editor.form)
  return (
    <div className={shared.page}>
      <DispatchHead
        tab={WORDS}
        search={search}
        hint={t('dispatch-words.search')}
        onSearch={setSearch}
        count={t('dispatch-words.count', {
          words: all.reduce((sum, list) => sum + list.length, 0),
          empty: items.filter(({ code }) => editor.form[code]?.length === 0).length,
        })}
      >
        {null}
      </DispatchHead>
      <div className={styles.body}>
        <form
          className={wordStyles.form}
          onSubmit={event => event.preventDefault()}
          data-testid="words-editor"
        >
          <Lists editor={editor} view={formOfView(view)} items={items} search={search} trial={trial} />
          <SaveBar editor={editor} isNew={false} onHistory={() => setListed(true)} />
          <ConflictDialog editor={editor} fields={fields} formOf={formOfView} />
        </form>
        <TryOut
          savedAt={view.version}
          onTrial={setTrial}
          caution={editor.dirty ? t('dispatch-words.unsaved') : undefined}
        />
      </div>
      <HistoryDrawer
        open={listed}
        onClose={() => setListed(false)}
        subjects={['dispatch-words']}
        only={null}
        describe={({ before, after }) => ({ title: '', parts: partsOf(fields, before, after) })}
      />
    </div>
  )
}

interface ListsProps {
  readonly editor: Editor<DispatchWords, WordLists>
  /** As it is saved. */
  readonly view: WordLists
  readonly items: readonly Category[]
  readonly search: string
  readonly trial: RuleTrial | null
}

function Lists({ editor, view, items, search, trial }: ListsProps) {
  const { t } = useWords()
  const listName = useListName()
  const partsOf = useCategoryParts()
  const { form, problems } = editor
  const row = (list: string, title: ReactNode) => (
    <WordRow
      key={list}
      list={list}
      name={listName(list)}
      title={title}
      words={form[list] ?? []}
      problems={problems}
      told={toldBy(list, form[list] ?? [], trial)}
      isEdited={!isSame(form[list] ?? [], view[list] ?? [])}
      onWords={next => editor.change({ [list]: next })}
    />
  )
  const found = (list: string) => isFound(search, listName(list), form[list] ?? [])
  const urgencies = URGENCY_LISTS.filter(found)
  const shown = items.filter(({ code }) => found(code))
  if (urgencies.length + shown.length === 0) {
    return (
      <div className={styles.scroll}>
        <Empty
          className={lines.nothing ?? ''}
          image={Empty.PRESENTED_IMAGE_SIMPLE}
          description={t('dispatch-words.none')}
        />
      </div>
    )
  }
  return (
    <div className={styles.scroll}>
      {urgencies.length > 0 && (
        <Section title={t('dispatch-words.urgency')} what={t('dispatch-words.urgency.what')}>
          {urgencies.map(list => row(list, t(`dispatch-words.list.${list}`)))}
        </Section>
      )}
      {shown.length > 0 && (
        <Section title={t('dispatch-words.categories')} what={t('dispatch-words.categories.what')}>
          {shown.map(({ code }) => {
            const { name, within } = partsOf(code)
            return row(
              code,
              <>
                {name} {within !== null && <small>{within}</small>}
              </>,
            )
          })}
        </Section>
      )}
    </div>
  )
}

function Section(props: { readonly title: string; readonly what: string; readonly children: ReactNode }) {
  return (
    <section className={wordStyles.section}>
      <h2>
        {props.title} <small>{props.what}</small>
      </h2>
      <table className={css(lines.table, wordStyles.table)}>
        <tbody>{props.children}</tbody>
      </table>
    </section>
  )
}

const NOTHING: readonly string[] = []

/** The words of this list that the text tried out has. */
function toldBy(list: string, words: readonly string[], trial: RuleTrial | null): readonly string[] {
  const suggestion = trial?.suggestion
  const category = suggestion?.categories.find(({ code }) => code === list)
  if (category !== undefined) return category.words
  const priority = suggestion?.priority
  if (priority?.reason.code !== 'words' || !list.startsWith(priority.priority)) return NOTHING
  return priority.reason.words.filter(word => words.includes(word))
}

function useListName(): (list: string) => string {
  const { t } = useWords()
  const categoryName = useCategoryName()
  return list => {
    const urgency = URGENCY_LISTS.find(one => one === list)
    return urgency === undefined ? categoryName(list) : t(`dispatch-words.list.${urgency}`)
  }
}

function useListFields(categories: readonly Category[]): readonly FieldView<WordLists>[] {
  const { t } = useWords()
  const listName = useListName()
  return [...URGENCY_LISTS, ...categories.map(({ code }) => code)].map(list => ({
    field: list,
    label: listName(list),
    show: form => form[list]?.join('、') || t('settings.none'),
  }))
}

/** Of each list that a change touched the words that went and those that came. */
function partsOf(fields: readonly FieldView<WordLists>[], before: object | null, after: object | null) {
  const [one, other] = [listsOf(before), listsOf(after)]
  return fields.flatMap(({ field, label }) => {
    const [old, now] = [one[field] ?? [], other[field] ?? []]
    const went = old.filter(word => !now.includes(word))
    const came = now.filter(word => !old.includes(word))
    if (went.length + came.length === 0) return []
    return [{ label, before: went.join('、') || null, after: came.join('、') || null }]
  })
}

function listsOf(side: object | null): WordLists {
  return Object.fromEntries(
    Object.entries(side ?? {}).map(([list, said]) => [list, Array.isArray(said) ? said.map(String) : []]),
  )
}
