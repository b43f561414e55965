// @ts-check
// What Streamlit gives a component (st.components.v2) at each run.

/**
 * @template Data
 * @typedef {object} Component
 * @property {Data} data what Python sends
 * @property {ParentNode} parentElement the root that has the component's HTML
 * @property {(name: string, value: unknown) => void} setStateValue a value that lasts
 * @property {(name: string, value: unknown) => void} setTriggerValue a value for one run
 */

export {};
