import { Alert, Button, Empty, Input, Table, type TableColumnsType, Tag } from 'antd'
import { useState } from 'react'
import type { Account } from '../../people/accounts/schema.ts'
import type { Me } from '../../people/sessions/schema.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import shared from '../settings/settings.module.css'
import { AccountDrawer } from './account-drawer.tsx'
import { grantWords } from './grant-words.ts'
import styles from './staff.module.css'
import { useAccounts, useRoles, useUnits } from './use-staff.ts'
import { Waiting } from './waiting.tsx'

/** Who works here, what each may do, and what waits for a second person. */
export default function StaffPage({ me }: { readonly me: Me }) {
  const { t } = useWords()
  const [q, setQ] = useState('')
  const [opened, setOpened] = useState<Account | 'new' | null>(null)
  const accounts = useAccounts(q)
  const columns = useColumns()
  return (
    <div className={shared.page}>
      <header className={shared.head}>
        <h1>{t('staff.title')}</h1>
        <Input.Search
          className={styles.search ?? ''}
          allowClear
          placeholder={t('staff.search')}
          onSearch={setQ}
          data-testid="staff-search"
        />
        <span className={shared.quiet}>{t('staff.what')}</span>
        <Button
          className={shared.push ?? ''}
          type="primary"
          onClick={() => setOpened('new')}
          data-testid="staff-add"
        >
          {t('staff.add')}
        </Button>
      </header>
      <div className={styles.list}>
        <Waiting me={me} />
        {accounts.isError && <Alert type="error" showIcon title={t(problemKey(accounts.error))} />}
        <Table
          size="small"
          rowKey="id"
          columns={columns}
          dataSource={accounts.data?.pages.flatMap(page => page.items) ?? []}
          loading={accounts.isPending}
          pagination={false}
          onRow={account => ({ className: styles.opens ?? '', onClick: () => setOpened(account) })}
          locale={{
            emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('staff.none')} />,
          }}
          data-testid="accounts"
        />
        {accounts.hasNextPage && (
          <Button onClick={() => accounts.fetchNextPage()} loading={accounts.isFetchingNextPage}>
            {t('staff.more')}
          </Button>
        )}
      </div>
      {opened !== null && (
        <AccountDrawer
          key={opened === 'new' ? 'new' : opened.id}
          account={opened === 'new' ? null : opened}
          me={me}
          onClose={() => setOpened(null)}
        />
      )}
    </div>
  )
}

function useColumns(): TableColumnsType<Account> {
  const { t, language } = useWords()
  const roles = useRoles().data ?? []
  const units = useUnits().data ?? []
  return [
    { title: t('staff.name'), dataIndex: 'name', width: 120 },
    { title: t('staff.login'), dataIndex: 'login', width: 160 },
    { title: t('staff.number'), dataIndex: 'agentNumber', width: 80 },
    {
      title: t('staff.desk'),
      width: 110,
      render: (_, { role }) => t(`shell.role.${role}`),
    },
    {
      title: t('staff.grants'),
      render: (_, { grants, active }) => (
        <>
          {!active && <Tag color="red">{t('staff.closed')}</Tag>}
          {grants.length === 0 && <span className={shared.quiet}>{t('staff.no-grants')}</span>}
          {grants.map(grant => (
            <Tag key={`${grant.role} ${grant.unit}`}>{grantWords(grant, { roles, units, language })}</Tag>
          ))}
        </>
      ),
    },
    {
      title: t('staff.sessions'),
      width: 80,
      align: 'right',
      render: (_, { sessions }) => (sessions === 0 ? '' : sessions),
    },
  ]
}
