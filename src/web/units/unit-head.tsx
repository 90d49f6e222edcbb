import { ApartmentOutlined, PlusOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button, Popconfirm, Tag } from 'antd'
import { useState } from 'react'
import type { UnitRow, UnitView } from '../../casework/units/schema.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { goTo, hashOf } from '../shell/place.ts'
import { MoveDialog } from './move-dialog.tsx'
import { unitsAbove } from './tree-rows.ts'
import styles from './unit.module.css'
import { putUnit } from './use-units.ts'

/** In the address, in the place of an id: no unit can be called so. */
export const NEW = '+'

interface Props {
  readonly unit: UnitView
  readonly units: readonly UnitRow[]
  readonly mayEdit: boolean
  /** A form with unsaved changes is over this version: nothing else may make another. */
  readonly dirty: boolean
}

/** What it is, where it hangs, and what is done to it as a whole. */
export function UnitHead({ unit, units, mayEdit, dirty }: Props) {
  const { t } = useWords()
  const [moving, setMoving] = useState(false)
  const why = dirty ? t('units.unsaved-first') : undefined
  return (
    <header className={styles.head}>
      <div>
        <p className={styles.path}>
          {unitsAbove(units, unit.id).map(above => (
            <span key={above.id}>
              <a href={hashOf('units', above.id)}>{above.name}</a>
              <i>/</i>
            </span>
          ))}
        </p>
        <h2>
          {unit.name}
          <small>{unit.id}</small>
          <Tag>{t(`units.kind.${unit.kind}`)}</Tag>
          {!unit.takesOrders && <Tag color="gold">{t('units.no-orders')}</Tag>}
          {unit.closed && <Tag color="red">{t('units.closed')}</Tag>}
        </h2>
      </div>
      {mayEdit && (
        <div className={styles.acts}>
          {!unit.closed && (
            <Button
              icon={<PlusOutlined />}
              onClick={() => goTo('units', NEW, unit.id)}
              data-testid="unit-new-below"
            >
              {t('units.new.below')}
            </Button>
          )}
          {unit.parent !== null && (
            <Button
              icon={<ApartmentOutlined />}
              disabled={dirty}
              title={why}
              onClick={() => setMoving(true)}
              data-testid="unit-move"
            >
              {t('units.move')}
            </Button>
          )}
          {unit.parent !== null && <CloseButton unit={unit} disabled={dirty} why={why} />}
        </div>
      )}
      {moving && <MoveDialog unit={unit} units={units} onClose={() => setMoving(false)} />}
    </header>
  )
}

interface CloseProps {
  readonly unit: UnitView
  readonly disabled: boolean
  readonly why: string | undefined
}

function CloseButton({ unit, disabled, why }: CloseProps) {
  const { t } = useWords()
  const { message } = App.useApp()
  const client = useQueryClient()
  const closing = useMutation({
    mutationFn: () => putUnit(unit, '/closed', { closed: !unit.closed }),
    onSuccess: saved => {
      message.success(t(saved.closed ? 'units.closed.done' : 'units.reopened'))
    },
    onError: error => {
      message.error(t(problemKey(error)))
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['units'] }),
  })
  const button = { disabled, title: why, loading: closing.isPending, 'data-testid': 'unit-close' }
  if (unit.closed) {
    return (
      <Button {...button} onClick={() => closing.mutate()}>
        {t('units.reopen')}
      </Button>
    )
  }
  return (
    <Popconfirm
      title={t('units.close.sure', { name: unit.name })}
      description={t('units.close.what')}
      okText={t('units.close')}
      cancelText={t('settings.cancel')}
      disabled={disabled}
      onConfirm={() => closing.mutate()}
    >
      <Button danger {...button}>
        {t('units.close')}
      </Button>
    </Popconfirm>
  )
}
