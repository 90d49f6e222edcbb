import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Modal, Select } from 'antd'
import { useState } from 'react'
import type { UnitRow, UnitView } from '../../casework/units/schema.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { placesFor, treeRows, unitsAbove } from './tree-rows.ts'
import styles from './unit.module.css'
import { putUnit } from './use-units.ts'

interface Props {
  readonly unit: UnitView
  readonly units: readonly UnitRow[]
  readonly onClose: () => void
}

export function MoveDialog({ unit, units, onClose }: Props) {
  const { t } = useWords()
  const { message } = App.useApp()
  const client = useQueryClient()
  const [parent, setParent] = useState<string | null>(null)
  const row = treeRows(units).find(one => one.unit.id === unit.id)
  const below = row?.below ?? 0
  const moving = useMutation({
    mutationFn: () => putUnit(unit, '/parent', { parent }),
    onSuccess() {
      message.success(t('units.moved'))
      onClose()
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['units'] }),
  })
  return (
    <Modal
      open
      title={t('units.move.title', { name: unit.name })}
      okText={t('units.move.do')}
      cancelText={t('settings.cancel')}
      okButtonProps={{ disabled: parent === null, loading: moving.isPending }}
      onOk={() => moving.mutate()}
      onCancel={onClose}
    >
      <p className={styles.none}>
        {below === 0 ? t('units.move.what.alone') : t('units.move.what', { count: below })}
      </p>
      <Select
        autoFocus
        showSearch={{ optionFilterProp: 'search' }}
        className={styles.whole ?? ''}
        placeholder={t('units.search')}
        value={parent}
        onChange={setParent}
        options={
          row === undefined
            ? []
            : placesFor(units, row.unit).map(place => ({
                value: place.id,
                label: [...unitsAbove(units, place.id), place].map(({ name }) => name).join(' / '),
                search: [place.name, ...place.aliases, place.id].join(' '),
              }))
        }
        data-testid="unit-move-to"
      />
      {moving.isError && <Alert type="error" showIcon title={t(problemKey(moving.error))} />}
    </Modal>
  )
}
