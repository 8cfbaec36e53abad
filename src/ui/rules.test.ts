import { render } from 'svelte/server';
import { describe, expect, test } from 'vitest';
import Catalogue from './catalogue/Catalogue.svelte';
import Welcome from './catalogue/Welcome.svelte';
import { broken, rules } from './rules.fixture.ts';

describe('the rules of the design see', () => {
	test.each([
		['nothing inline', '<p style="color:red">x</p>'],
		['nothing inline', '<p onclick="x()">x</p>'],
		['nothing inline', '<script>x</script>'],
		['nothing inline', '<a href="javascript:x">Voir</a>'],
		['no id twice', '<p id="a">x</p><p id="a">y</p>'],
		['a reference leads somewhere', '<p aria-describedby="a b" id="a">x</p>'],
		['a field has a label', '<input name="town">'],
		['a field has a label', '<label for="town"> </label><input id="town">'],
		['a field has a label', '<label for="city">Ville</label><input id="town"><p id="city">x</p>'],
		['a label stands before its field', '<input id="town"><label for="town">Ville</label>'],
		['an error is tied to its field', '<label>Ville <input aria-invalid="true"></label>'],
		[
			'an error is tied to its field',
			'<label>Ville <input aria-invalid="true" aria-describedby="h"></label><p id="h">En entier</p>',
		],
		[
			'an error is tied to its field',
			'<label>Ville <input aria-invalid="true" aria-describedby="e"></label><p id="e" class="field-error"> </p>',
		],
		['an error on the page belongs to a field', '<p class="field-error" id="e">Choisis.</p>'],
		['choices are in a group that asks something', '<label>Oui <input type="radio" name="a"></label>'],
		[
			'choices are in a group that asks something',
			'<fieldset><legend> </legend><label>Oui <input type="radio" name="a"></label></fieldset>',
		],
		['a button says what it does', '<button><svg></svg></button>'],
		['a button says what it does', '<button>OK</button>'],
		['a link says where it goes', '<a href="/x"> </a>'],
		['a link says where it goes', '<a href="/x">Cliquez ici</a>'],
		['a table has a caption and its heads a scope', '<table><tr><td>x</td></tr></table>'],
		[
			'a table has a caption and its heads a scope',
			'<table><caption>Membres</caption><tr><th>Nom</th></tr></table>',
		],
		['a picture has words, or none on purpose', '<img src="/x">'],
		['a hint in a field is no label', '<input placeholder="Ta ville">'],
		['titles go down one step at a time', '<h1>Avis</h1><h3>Hier</h3>'],
		['nothing one acts on is inside another', '<a href="/x">Voir <button>Fermer</button></a>'],
	])('%s: %s', (rule, html) => {
		expect(broken(html).filter((one) => one.startsWith(`${rule}: `))).not.toEqual([]);
	});

	test('nothing wrong where nothing is: each rule has its good example', () => {
		const good = `<h1>Avis</h1><h2>Hier</h2><h2>Avant</h2><label for="town">Ville</label><p class="hint" id="town-hint">En entier</p>
			<input id="town" aria-describedby="town-hint town-error" aria-invalid="true" placeholder="Paris"><p class="field-error" id="town-error"><span>Choisis.</span></p>
			<fieldset><legend>Tu viens ?</legend><label><input type="radio" name="a"> Oui</label><button>Non</button></fieldset>
			<input type="hidden" name="_key"><button aria-label="Fermer"><svg></svg></button><a href="/x"><img src="/y" alt="Odile"></a><img src="/z" alt="">
			<table><caption>Membres</caption><thead><tr><th scope="col">Nom</th></tr></thead><tbody><tr><th scope="row">Odile</th></tr></tbody></table>`;
		expect(broken(good)).toEqual([]);
	});

	test('every one of them is planted once above', () => expect(Object.keys(rules)).toHaveLength(15));
});

test.each([
	['the catalogue', render(Catalogue).body],
	['an invitation', render(Welcome).body],
	['a step of the welcome', render(Welcome, { props: { step: true } }).body],
])('%s breaks none', (_, html) => expect(broken(html)).toEqual([]));
