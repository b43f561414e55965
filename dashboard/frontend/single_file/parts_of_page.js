// @ts-check
// The parts that single files have in common with the page of the program, each in a root of its own, so that
// the rules of one style sheet do not reach another.

import { html, query } from "../shared/dom.js";
import { default as eventList } from "../event_list/event_list.js";
import { default as facets } from "../facets/facets.js";
import { default as timeline } from "../timeline/timeline.js";

const COMPONENTS = { list: eventList, facets, timeline };
/** @typedef {keyof typeof COMPONENTS} PartName */
/** @typedef {(name: string, value: any) => void} Receive what the reader did in the part */

export class PagePart {
  /**
   * @param {PartName} name
   * @param {HTMLElement} host
   * @param {string} sheet its style sheet
   * @param {Receive} receive
   */
  constructor(name, host, sheet, receive) {
    this.name = name;
    this.receive = receive;
    this.root = host.attachShadow({ mode: "open" });
    const rules = new CSSStyleSheet();
    rules.replaceSync(sheet);
    this.root.adoptedStyleSheets = [rules];
    const template = document.querySelector(`template#${name}`);
    if (template instanceof HTMLTemplateElement) this.root.append(template.content.cloneNode(true));
    else html("div", name, undefined, this.root);
    /** @type {void | (() => void)} */
    this.unmount = undefined;
  }

  /** @param {any} data what Python sends to it on the page */
  update(data) {
    const component = { data, parentElement: this.root, setStateValue: this.receive, setTriggerValue: this.receive };
    this.unmount = COMPONENTS[this.name](component);
  }

  /** After it was taken out of the page. */
  remove() {
    if (this.unmount) this.unmount();
  }

  /** @param {string} selector */
  find(selector) {
    return query(this.root, selector, HTMLElement);
  }
}
