import { expect, test } from 'vitest';
import { browser } from '#tests/browse.ts';
import { stage } from '#tests/stage.ts';

stage();

test('anybody reads how far the network is for everybody, what is weak, and whom to tell', async () => {
	const visitor = await browser('visitor');
	expect((await visitor.get('/')).html).toContain('href="/accessibilite"');
	const { status, main, html } = await visitor.get('/accessibilite');
	expect(status).toBe(200);
	for (const said of ['RGAA 4.1', 'on ne dit donc pas', 'Ce qu’on sait faible', 'Défenseur des droits'])
		expect(main).toContain(said);
	const [, form] = /href="(\/sections\/[^"]+)#ecrire"/.exec(html)!;
	expect((await visitor.get(form!)).html).toContain('id="ecrire"');
	expect(html).not.toContain('href="/compte"');
	expect((await (await browser('odile')).get('/accessibilite')).html).toContain('href="/compte"');
});
