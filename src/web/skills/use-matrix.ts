import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import type { Me } from '../../people/sessions/schema.ts'
import type { StaffView } from '../../people/skills/schema.ts'
import { ask } from '../kit/api.ts'
import { useWords } from '../kit/language.tsx'
import { Drafts, useDrafts } from '../settings/drafts.ts'
import { isSame } from '../settings/merge.ts'
import { type Levels, levelsOf, skillsOf, withLevel } from './levels.ts'

const drafts = new Drafts<null, Levels>()

export interface MatrixState {
  /** The people whose levels differ from what is saved, by id. */
  readonly edited: readonly string[]
  readonly saving: boolean
  readonly error: Error | null
  levelsOf(person: StaffView): Levels
  put(person: StaffView, skill: string, level: number | null): void
  /** One person's, or everybody's. */
  save(staff?: string): void
  undo(staff?: string): void
}

/** What has been typed into the matrix and is not saved yet, by person. */
export function useMatrix(me: Me): MatrixState {
  const { t } = useWords()
  const { message } = App.useApp()
  const client = useQueryClient()
  const prefix = `${me.id}/`
  const all = useDrafts(drafts)
  const edited = [...all.keys()].filter(key => key.startsWith(prefix)).map(key => key.slice(prefix.length))
  const saving = useMutation({
    mutationFn: async (people: readonly string[]) => {
      for (const id of people) {
        const levels = drafts.all().get(prefix + id)?.form ?? {}
        const body = { skills: skillsOf(levels) }
        await ask(`/api/staff/${id}/skills`, { method: 'PUT', body })
        client.setQueryData<readonly StaffView[]>(['staff'], staff =>
          staff?.map(one => (one.id === id ? { ...one, ...body } : one)),
        )
        drafts.forget(prefix + id)
      }
    },
    onSuccess: () => message.success(t('skills.saved')),
    onSettled: () => client.invalidateQueries({ queryKey: ['staff'] }),
  })
  const of = (person: StaffView) => all.get(prefix + person.id)?.form ?? levelsOf(person.skills)
  return {
    edited,
    saving: saving.isPending,
    error: saving.error,
    levelsOf: of,
    put(person, skill, level) {
      const next = withLevel(of(person), skill, level)
      if (isSame(next, levelsOf(person.skills))) drafts.forget(prefix + person.id)
      else drafts.set(prefix + person.id, { base: null, form: next })
    },
    save(staff) {
      const people = staff === undefined ? edited : [staff]
      if (people.length > 0 && !saving.isPending) saving.mutate(people)
    },
    undo(staff) {
      for (const id of staff === undefined ? edited : [staff]) drafts.forget(prefix + id)
    },
  }
}
