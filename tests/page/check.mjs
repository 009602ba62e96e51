// Pictures before the programs that read them: the page in a browser, Mermaid's and draw.io's files
// before Mermaid and mxGraph themselves.
//
//   node check.mjs ARCHQ FOLDER        FOLDER is that of the repository; CHROMIUM names a browser
//
// Every check is a name and a function that throws. Ends with a line `N passed, N failed`.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkPage } from './page.mjs';
import { checkDrawio } from './drawio.mjs';
import { checkMermaid } from './mermaid.mjs';
import puppeteer from 'puppeteer-core';

const [archq, folder] = process.argv.slice(2);
const out = mkdtempSync(join(tmpdir(), 'archq-pages-'));
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
});
let passed = 0, failed = 0;

const check = async (name, act) => {
  try {
    await act();
    passed += 1;
  } catch (error) {
    failed += 1;
    console.error(`FAILED ${name}: ${error.message}`);
  }
};

const draw = (template, ending, ...flags) => {
  const file = join(out, `${basename(template)}${flags.join('')}.${ending}`);
  execFileSync(archq, ['draw', template, '-o', file, ...flags], { stdio: 'pipe' });
  return file;
};

// An architecture of some size: many functions behind one topic, in boxes by tag.
const large = () => {
  const resources = { Topic: { Type: 'AWS::SNS::Topic' } };
  for (let at = 0; at < 150; at += 1) {
    resources[`Queue${at}`] = { Type: 'AWS::SQS::Queue', Properties: { QueueName: `queue-${at}` } };
    resources[`To${at}`] = { Type: 'AWS::SNS::Subscription', Properties: { Protocol: 'sqs', TopicArn: { Ref: 'Topic' }, Endpoint: { 'Fn::GetAtt': [`Queue${at}`, 'Arn'] } } };
    resources[`Fn${at}`] = { Type: 'AWS::Lambda::Function', Properties: { Runtime: 'python3.13' } };
    resources[`Work${at}`] = { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: { Ref: `Fn${at}` }, EventSourceArn: { 'Fn::GetAtt': [`Queue${at}`, 'Arn'] } } };
  }
  const file = join(out, 'large.json');
  writeFileSync(file, JSON.stringify({ Resources: resources }));
  return file;
};

const examples = readdirSync(join(folder, 'data/examples')).sort().map((name) => join(folder, 'data/examples', name));
const templates = [...examples, join(folder, 'tests/page/hostile.yaml'), join(folder, 'tests/import/terraform'), large()];
try {
  for (const template of templates) {
    const name = basename(template);
    for (const flags of [[], ['--with-glue'], ['--group', 'category']]) {
      const said = [name, ...flags].join(' ');
      await check(`mermaid ${said}`, () => checkMermaid(browser, readFileSync(draw(template, 'mmd', ...flags), 'utf8')));
      await check(`drawio ${said}`, () => checkDrawio(browser, readFileSync(draw(template, 'drawio', ...flags), 'utf8')));
    }
    await check(`html ${name}`, () => checkPage(browser, pathToFileURL(draw(template, 'html')).href));
  }
} finally {
  await browser.close();
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
