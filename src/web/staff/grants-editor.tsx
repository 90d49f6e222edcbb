import { Button, Select } from 'antd'
import type { RightsForm } from '../../people/accounts/schema.ts'
import { useWords } from '../kit/language.tsx'
import styles from './staff.module.css'
import { useRoles, useUnits } from './use-staff.ts'

type Grants = RightsForm['grants']

/** Roles, each with its unit where it is held over one. */
export function GrantsEditor({
  grants,
  onGrants,
}: {
  readonly grants: Grants
  readonly onGrants: (grants: Grants) => void
}) {
  const { t, language } = useWords()
  const roles = useRoles().data ?? []
  const units = useUnits().data ?? []
  const overUnit = (code: string) => roles.some(role => role.code === code && role.overUnit)
  const put = (index: number, grant: Grants[number]) =>
    onGrants(grants.map((old, i) => (i === index ? grant : old)))
  return (
    <div className={styles.form}>
      {grants.map((grant, index) => (
        <div key={`${grant.role} ${grant.unit}`} className={styles.row}>
          <Select
            className={styles.role ?? ''}
            value={grant.role}
            options={roles.map(role => ({
              value: role.code,
              label: language === 'zh' ? role.nameZh : role.nameEn,
            }))}
            onChange={role => put(index, { role, unit: null })}
          />
          {overUnit(grant.role) ? (
            <Select
              className={styles.unit ?? ''}
              showSearch={{ optionFilterProp: 'label' }}
              placeholder={t('staff.unit')}
              value={grant.unit}
              options={units.map(({ id, name }) => ({ value: id, label: name }))}
              onChange={unit => put(index, { ...grant, unit })}
            />
          ) : (
            <span className={styles.unit}>{t('staff.whole-city')}</span>
          )}
          <Button type="text" danger onClick={() => onGrants(grants.filter((_, i) => i !== index))}>
            {t('staff.remove')}
          </Button>
        </div>
      ))}
      <Select
        value={null}
        placeholder={t('staff.add-grant')}
        options={roles
          .filter(role => role.overUnit || !grants.some(grant => grant.role === role.code))
          .map(role => ({ value: role.code, label: language === 'zh' ? role.nameZh : role.nameEn }))}
        onChange={(role: string | null) => role !== null && onGrants([...grants, { role, unit: null }])}
        data-testid="add-grant"
      />
    </div>
  )
}
