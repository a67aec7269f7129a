import { fontPath } from './font.ts'

/** One stylesheet for every page: light and dark from the same names, nothing loaded from elsewhere. */
export const styles = /* css */ `
@font-face { font-family: 'Inter Variable'; src: url('${fontPath}') format('woff2'); font-weight: 100 900; font-display: swap; }
:root {
  color-scheme: light dark;
  --page: #f5f5f7; --surface: #ffffff; --text: #1a1b20; --muted: #5c5f6b; --line: #dcdde3; --line-strong: #b9bbc6;
  --accent: #4a46d6; --accent-strong: #3d39bd; --on-accent: #ffffff; --ring: rgb(74 70 214 / 28%);
  --danger: #b3261e; --danger-soft: #fdf0ef; --glow: rgb(74 70 214 / 9%);
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #101116; --surface: #191a21; --text: #f1f1f4; --muted: #a5a8b5; --line: #2e3039; --line-strong: #4b4e5b;
    --accent: #a29eff; --accent-strong: #b5b2ff; --on-accent: #16143a; --ring: rgb(162 158 255 / 34%);
    --danger: #ffb0a8; --danger-soft: #2d1b1c; --glow: rgb(162 158 255 / 8%);
  }
}
*, *::before, *::after { box-sizing: border-box; }
body {
  margin: 0; min-height: 100dvh; display: flex; flex-direction: column; align-items: center; justify-content: center;
  gap: 20px; padding: 32px 16px; color: var(--text); font: 16px/1.5 'Inter Variable', Inter, system-ui, -apple-system, 'Segoe UI', sans-serif;
  background: radial-gradient(60rem 30rem at 50% -8rem, var(--glow), transparent), var(--page);
  -webkit-font-smoothing: antialiased;
}
main { width: 100%; max-width: 400px; padding: 40px 36px 32px; background: var(--surface); border: 1px solid var(--line); border-radius: 14px; }
.mark { display: grid; place-items: center; width: 48px; height: 48px; margin: 0 auto 20px; border-radius: 12px; background: var(--accent); color: var(--on-accent); font-size: 20px; font-weight: 650; }
h1 { margin: 0; font-size: 24px; line-height: 1.25; font-weight: 650; letter-spacing: -0.012em; text-align: center; text-wrap: balance; }
.lede { margin: 6px 0 0; color: var(--muted); font-size: 15px; text-align: center; text-wrap: balance; }
form { display: grid; gap: 16px; margin: 0; }
.field { display: grid; gap: 6px; }
label { font-size: 14px; font-weight: 550; }
input { width: 100%; min-height: 44px; padding: 9px 12px; font: inherit; color: inherit; background: transparent; border: 1px solid var(--line-strong); border-radius: 8px; transition: border-color 140ms, box-shadow 140ms; }
input:focus-visible { outline: none; border-color: var(--accent); box-shadow: 0 0 0 3px var(--ring); }
input[aria-invalid='true'] { border-color: var(--danger); }
input:-webkit-autofill { -webkit-text-fill-color: var(--text); box-shadow: 0 0 0 40px var(--surface) inset; }
.code { font-size: 22px; letter-spacing: 0.32em; text-align: center; font-variant-numeric: tabular-nums; }
.with-button { position: relative; }
.with-button input { padding-right: 52px; }
.icon { position: absolute; inset: 4px 4px 4px auto; width: 40px; display: grid; place-items: center; padding: 0; border: 0; border-radius: 6px; background: none; color: var(--muted); cursor: pointer; }
.icon:hover { color: var(--text); }
.icon svg { width: 20px; height: 20px; }
.icon[aria-pressed='true'] .slash { display: none; }
.aside { justify-self: start; font-size: 14px; }
.hint { margin: 0; color: var(--muted); font-size: 13px; }
.error { display: flex; gap: 8px; margin: 0; color: var(--danger); font-size: 14px; }
.error::before { content: '!'; flex: none; display: grid; place-items: center; width: 18px; height: 18px; margin-top: 2px; border-radius: 50%; border: 1.5px solid currentColor; font-size: 12px; font-weight: 700; line-height: 1; }
.button { display: flex; align-items: center; justify-content: center; gap: 10px; width: 100%; min-height: 44px; padding: 9px 16px; font: inherit; font-weight: 600; text-decoration: none; border: 1px solid transparent; border-radius: 8px; cursor: pointer; transition: background-color 140ms, border-color 140ms; }
.primary { background: var(--accent); color: var(--on-accent); }
.primary:hover { background: var(--accent-strong); }
.secondary { background: transparent; border-color: var(--line-strong); color: var(--text); font-weight: 550; }
.secondary:hover { border-color: var(--text); }
.stack { display: grid; gap: 10px; margin: 0; padding: 0; list-style: none; }
.choice { justify-content: flex-start; text-align: left; min-height: 56px; }
.choice span { display: grid; min-width: 0; line-height: 1.35; overflow-wrap: anywhere; }
.choice small { color: var(--muted); font-size: 13px; font-weight: 400; }
.glyph { flex: none; display: grid; place-items: center; width: 24px; height: 24px; border-radius: 6px; background: var(--glow); color: var(--accent); font-size: 13px; font-weight: 650; }
.choice .glyph { width: 36px; height: 36px; border-radius: 50%; font-size: 14px; }
.divider { display: flex; align-items: center; gap: 12px; margin: 20px 0; color: var(--muted); font-size: 13px; }
.divider::before, .divider::after { content: ''; flex: 1; height: 1px; background: var(--line); }
a { color: var(--accent); font-weight: 550; text-underline-offset: 3px; text-decoration: none; border-radius: 3px; }
a:hover { text-decoration: underline; }
.switch { margin: 24px 0 0; color: var(--muted); font-size: 14px; text-align: center; }
a:focus-visible, .button:focus-visible, .icon:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.details { margin: 0; padding: 14px 16px; background: var(--danger-soft); color: var(--danger); border-radius: 8px; font-size: 14px; overflow-wrap: anywhere; }
.details strong { display: block; font-weight: 650; }
.qr { display: grid; justify-content: center; } .qr svg { width: 176px; height: auto; border-radius: 8px; background: #fff; }
.key { display: block; padding: 12px; border: 1px dashed var(--line-strong); border-radius: 8px; font: 15px/1.4 ui-monospace, SFMono-Regular, Menlo, monospace; text-align: center; letter-spacing: 0.06em; overflow-wrap: anywhere; }
h1 + :not(.lede), .lede + * { margin-top: 28px; }
footer { max-width: 400px; color: var(--muted); font-size: 13px; text-align: center; text-wrap: balance; }
@media (max-width: 480px) {
  body { justify-content: flex-start; padding: 0 0 24px; background: var(--surface); }
  main { max-width: none; border: 0; border-radius: 0; padding: 48px 24px 16px; }
  footer { padding: 0 24px; }
}
@media (prefers-reduced-motion: reduce) { * { transition: none !important; } }
`
