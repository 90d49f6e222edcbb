import { Spin } from 'antd'
import { Suspense } from 'react'
import type { Me } from '../../people/sessions/schema.ts'
import { ErrorBoundary } from '../kit/error-boundary.tsx'
import type { PageEntry } from '../pages.ts'
import styles from './shell.module.css'

/** One page. A bug in it takes neither the navigation nor the desk along. */
export function PageArea({ entry, me }: { readonly entry: PageEntry; readonly me: Me }) {
  const { path, page: Page } = entry
  return (
    <ErrorBoundary key={path}>
      <Suspense fallback={<Spin className={styles.opening ?? ''} />}>
        <Page me={me} />
      </Suspense>
    </ErrorBoundary>
  )
}
