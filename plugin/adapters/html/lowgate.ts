import { startPage } from './page.ts'
import { addCover } from './sheets.ts'

try {
  window.lowgate = startPage(JSON.parse(document.getElementById('lowgate')?.textContent ?? ''))
} catch (cause) {
  // What nobody can read may say that this page is private.
  addCover()
  void import('./runtime.ts').then(({ refuse }) => refuse(cause))
}
