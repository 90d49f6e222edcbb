import { Component, type ReactNode } from 'react'
import { Broken } from './whole-page.tsx'

/** A bug in the page shows a way on instead of a blank screen. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, { readonly failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError() {
    return { failed: true }
  }

  override render() {
    return this.state.failed ? <Broken /> : this.props.children
  }
}
