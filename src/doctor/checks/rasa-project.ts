import type { Check } from '../check';
import { broken, type Finding } from '../finding';
import { handoffFindings } from '../rasa-project/handoff';
import { type Project, readProject } from '../rasa-project/read';
import { setUpFindings } from '../rasa-project/set-up';
import { handoffNamesOf } from './rasa-handoff';

/** Reads the files of the Rasa bot, when their folder is given, for what would keep a hand-off from happening. */
export const rasaProject: Check = {
  id: 'rasa.project',
  area: 'Rasa',
  async look({ rasaProject: folder, config }) {
    if (folder === undefined) return [];
    const project = read(folder);
    if (!project) return [notThere(folder)];
    const unreadable = project.unreadable.map(notReadable);
    if (!project.domain) return [...unreadable, withoutDomain(folder)];
    const { domain } = project;
    return [
      ...unreadable,
      ...handoffFindings(project, domain, handoffNamesOf(config)),
      ...setUpFindings(project, domain, config.rasa.tracker),
    ];
  },
};

function read(folder: string): Project | undefined {
  try {
    return readProject(folder);
  } catch {
    return undefined;
  }
}

function notThere(folder: string): Finding {
  return broken({
    what: `The folder ${folder} cannot be read.`,
    why: 'The files of the bot were not looked at.',
    who: 'who runs the connector',
    step: 'Give --rasa-project the folder that holds domain.yml and data/ of the bot.',
  });
}

function notReadable(place: string): Finding {
  return broken({
    what: `${place} cannot be read as YAML of a Rasa bot.`,
    why: 'Rasa does not train with this file, or leaves out what stands in it.',
    who: 'author of the Rasa bot',
    step: `Correct ${place} (indentation, a missing quotation mark, a tab, a value of another kind), and run rasa data validate.`,
  });
}

function withoutDomain(folder: string): Finding {
  return broken({
    what: `No file in ${folder} is a Rasa domain.`,
    why: 'The files of the bot were not looked at.',
    who: 'who runs the connector',
    step: 'Give --rasa-project the folder that holds domain.yml (or domain/) of the bot.',
  });
}
