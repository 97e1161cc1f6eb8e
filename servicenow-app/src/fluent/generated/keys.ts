import '@servicenow/sdk/global'

declare global {
    namespace Now {
        namespace Internal {
            interface Keys extends KeysRegistry {
                explicit: {
                    'acl-execute-api': {
                        table: 'sys_security_acl'
                        id: 'd126404b3f48473d8e0b0117c983e44a'
                    }
                    'acl-read-change': {
                        table: 'sys_security_acl'
                        id: '8a9b0a2bc71045e48bc8163ab89e8dd6'
                    }
                    'acl-read-chat': {
                        table: 'sys_security_acl'
                        id: '8034616b2ced44aeaab2409af901ef26'
                    }
                    'acl-read-claim': {
                        table: 'sys_security_acl'
                        id: 'e9f7c1756276469ca226a8f6bc0e90bc'
                    }
                    'acl-read-message': {
                        table: 'sys_security_acl'
                        id: 'b6bb02b43e5145c88109de84deb8ca0f'
                    }
                    bom_json: {
                        table: 'sys_module'
                        id: 'fd75da508a6f4fc9aca22646888a1b80'
                    }
                    'create-binding': {
                        table: 'sys_scope_privilege'
                        id: '1963482683c444eead1174b2500349d3'
                    }
                    'create-session': {
                        table: 'sys_scope_privilege'
                        id: '99bf719b17fd4f23899c21290e90d616'
                    }
                    'create-work-item': {
                        table: 'sys_scope_privilege'
                        id: '3d1323fbd17540e2a12e20cf5a7b4e7b'
                    }
                    'execute-agent-chat': {
                        table: 'sys_scope_privilege'
                        id: '233a29ddaeee4d00b6d9c27834db8a53'
                    }
                    'execute-va-system': {
                        table: 'sys_scope_privilege'
                        id: '20e85f64ff644710bb82ada3759ce01b'
                    }
                    'job-catch-up': {
                        table: 'sysauto_script'
                        id: '5bf70fc7b1d64363bc330bdc9a8b4a85'
                    }
                    'live-chat-api': {
                        table: 'sys_ws_definition'
                        id: 'affc8c9e5d7740ebbe9e11f465aa5959'
                    }
                    package_json: {
                        table: 'sys_module'
                        id: 'bb95069d72f84060905d7e3d669c63d2'
                    }
                    'property-closed-message': {
                        table: 'sys_properties'
                        id: '8d11960543c3418b8a7c9eddd5fb9b7a'
                    }
                    'property-fallback-requester': {
                        table: 'sys_properties'
                        id: '97a63d0297834717ac2220ed8a236053'
                    }
                    'property-presence-minutes': {
                        table: 'sys_properties'
                        id: '9c2e7efb189a4a09956a64ae8205a1f6'
                    }
                    'property-public-visibility': {
                        table: 'sys_properties'
                        id: '1b39a69470ba424a9fc4de6f755c009c'
                    }
                    'property-push-secret': {
                        table: 'sys_properties'
                        id: 'b62be5307c9d4345ae1f4a2c12bf743d'
                    }
                    'property-push-url': {
                        table: 'sys_properties'
                        id: 'd30d312fedde4c73b1c4c9f34bfccabd'
                    }
                    'property-service-channel': {
                        table: 'sys_properties'
                        id: '81b4a315c37047da91209b632d333cf0'
                    }
                    'read-message': {
                        table: 'sys_scope_privilege'
                        id: 'caa47338dc8744ec898b707a3787119a'
                    }
                    'route-changes': {
                        table: 'sys_ws_operation'
                        id: 'dfbcd9ab756b473ea63fa9826ebaf84a'
                    }
                    'route-end': {
                        table: 'sys_ws_operation'
                        id: 'c19553cf40244e02bacff2f911c948c7'
                    }
                    'route-file': {
                        table: 'sys_ws_operation'
                        id: 'b9c96abc9d704f9688450f648835457a'
                    }
                    'route-find': {
                        table: 'sys_ws_operation'
                        id: '87e828f542cb4ec39675bbe13d1cc713'
                    }
                    'route-messages': {
                        table: 'sys_ws_operation'
                        id: 'f9ccc40067f840fd8fd7bcfb20a85ba1'
                    }
                    'route-open': {
                        table: 'sys_ws_operation'
                        id: '6cc2baab7b1848a6b69822bec8aea484'
                    }
                    'route-post': {
                        table: 'sys_ws_operation'
                        id: '912fe4e411a7454689141bca9df5eefc'
                    }
                    'route-queue': {
                        table: 'sys_ws_operation'
                        id: '3360bf73e71b4383a06defb886020071'
                    }
                    'route-rating': {
                        table: 'sys_ws_operation'
                        id: 'fb19beee163c4a4e89a2f8a05e54a636'
                    }
                    'route-show': {
                        table: 'sys_ws_operation'
                        id: 'aa6726531feb4390ba15cd9dcdb82bdf'
                    }
                    'route-typing': {
                        table: 'sys_ws_operation'
                        id: '6b2b30aa16be4e8cb8f18c830a895c9f'
                    }
                    'rule-interaction': {
                        table: 'sys_script'
                        id: '805ae48bb1244c6d81ab254cbaf0780f'
                    }
                    'rule-message': {
                        table: 'sys_script'
                        id: '83c06f818c554590b7eea64ff7a6aa3e'
                    }
                    'rule-push': {
                        table: 'sys_script'
                        id: '20cd004ebb074ea99910ecfe6973ded5'
                    }
                    'rule-work-item': {
                        table: 'sys_script'
                        id: '8b963b3a43e7488da09668e02175fef1'
                    }
                    'src_server_instance_agent-chat_ts': {
                        table: 'sys_module'
                        id: '6e95d8d7ccbe4f4aa4e866a4718cb45e'
                    }
                    src_server_instance_columns_ts: {
                        table: 'sys_module'
                        id: 'b7c2ad1738f84f05b0a3638ecdd258dc'
                    }
                    src_server_instance_glide_ts: {
                        table: 'sys_module'
                        id: 'df302d4b089d4fcf8d7a702d9a5c52d5'
                    }
                    src_server_instance_handlers_ts: {
                        table: 'sys_module'
                        id: '4def4cf50d784ea6b285bb182c4850d0'
                    }
                    'src_server_instance_on-change_ts': {
                        table: 'sys_module'
                        id: 'a005e20844664763a58ea9ee933a2e38'
                    }
                    src_server_instance_records_ts: {
                        table: 'sys_module'
                        id: '9fa6b1a599724e08a2b8df34ce4e85a5'
                    }
                    'src_server_logic_agent-messages_ts': {
                        table: 'sys_module'
                        id: '7564f87fd91041c28be6abc596eb3bf1'
                    }
                    src_server_logic_answer_ts: {
                        table: 'sys_module'
                        id: '40cb02072ab049f893f47f59406526ee'
                    }
                    'src_server_logic_attach-file_ts': {
                        table: 'sys_module'
                        id: 'a457f985c43b4e0ea78cdc35123dbc22'
                    }
                    src_server_logic_changes_ts: {
                        table: 'sys_module'
                        id: 'd0ddcf990ce24c37840e966029982ca8'
                    }
                    src_server_logic_chat_ts: {
                        table: 'sys_module'
                        id: 'a6bf56b4e52f4b4ab216aa2f14a43a26'
                    }
                    src_server_logic_claim_ts: {
                        table: 'sys_module'
                        id: '765ea5c7069d413bb3594fdf11beb285'
                    }
                    'src_server_logic_end-chat_ts': {
                        table: 'sys_module'
                        id: '963b91d0f3dc4683b422fcef2d6379dd'
                    }
                    src_server_logic_glide_ts: {
                        table: 'sys_module'
                        id: 'c2410e6564064efeba2c1b700f4cff0b'
                    }
                    src_server_logic_input_ts: {
                        table: 'sys_module'
                        id: 'a6e980b24d074adbaf4a6f27bcd4a926'
                    }
                    src_server_logic_look_ts: {
                        table: 'sys_module'
                        id: 'b660b407b7af4381bb636d12e30fe918'
                    }
                    src_server_logic_names_ts: {
                        table: 'sys_module'
                        id: '95c3a589af1b496894400f86c2dd94f3'
                    }
                    'src_server_logic_open-chat_ts': {
                        table: 'sys_module'
                        id: 'aa7061ccb0254745bc47ee50600c75f0'
                    }
                    'src_server_logic_opening-steps_ts': {
                        table: 'sys_module'
                        id: 'd6f809747dcd4ecfb40c593fb67cb68e'
                    }
                    'src_server_logic_post-message_ts': {
                        table: 'sys_module'
                        id: 'f8eeef5dce704c7a95cb08974307465f'
                    }
                    src_server_logic_presence_ts: {
                        table: 'sys_module'
                        id: '9b3cb2030e334ff3b77f0619a8759390'
                    }
                    src_server_logic_push_ts: {
                        table: 'sys_module'
                        id: '504f3d823a854261bb0c2b5f2135b4dc'
                    }
                    src_server_logic_queue_ts: {
                        table: 'sys_module'
                        id: 'f74447c137204762bb53c1f67edcda4c'
                    }
                    src_server_logic_rating_ts: {
                        table: 'sys_module'
                        id: '2b79fdc670954875aaadb82da7abf780'
                    }
                    src_server_logic_routes_ts: {
                        table: 'sys_module'
                        id: 'c9ed280a86574af7a209c12c710d0d03'
                    }
                    src_server_logic_rules_ts: {
                        table: 'sys_module'
                        id: '6f1c50beb1c840d2b19b2d915231894f'
                    }
                    src_server_logic_said_ts: {
                        table: 'sys_module'
                        id: '68ac40ada1bf4560935cf7f667ad9e08'
                    }
                    src_server_logic_settle_ts: {
                        table: 'sys_module'
                        id: '3d734586249242849c3064d354ad2873'
                    }
                    src_server_logic_waiting_ts: {
                        table: 'sys_module'
                        id: 'cb199cc6a7dd45cc98834a0c23f6f1ae'
                    }
                    'write-binding': {
                        table: 'sys_scope_privilege'
                        id: '922b396950c94083b0c4fb95f943320e'
                    }
                    'write-interaction': {
                        table: 'sys_scope_privilege'
                        id: 'abe39c57a43545c497923e34edcbfd48'
                    }
                    'write-work-item': {
                        table: 'sys_scope_privilege'
                        id: 'dc281f88c1d04b1780fc7624bf8f505b'
                    }
                }
                composite: [
                    {
                        table: 'sys_documentation'
                        id: '01630dde509244099dc2f3c6990bd3f7'
                        key: {
                            name: 'x_tlc_change'
                            element: 'attachments'
                            language: 'en'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: '0269d63f478e4834b0353014374f9a3f'
                        key: {
                            name: 'x_tlc_claim'
                            element: 'key'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: '04ab1821c2174dd09843bc0505811548'
                        key: {
                            name: 'x_tlc_change'
                            element: 'key'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: '0877a867ee4a4c5b98fa722a57a57548'
                        key: {
                            name: 'x_tlc_chat'
                            element: 'NULL'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: '0a36daa5b0134c56a1671f0e61872183'
                        key: {
                            name: 'x_tlc_chat'
                            element: 'ended_by'
                            language: 'en'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: '0c1c3c40d63f4efc8abeae9de9d64e27'
                        key: {
                            name: 'x_tlc_change'
                            element: 'sequence'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: '0da9ecaa5d874198afb0511d9865ae7d'
                        key: {
                            name: 'x_tlc_message'
                            element: 'attempts'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: '10a3c1b14be340b893d854be7378172f'
                        key: {
                            name: 'x_tlc_change'
                            element: 'agent_name'
                            language: 'en'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: '12deb02daf2841f78ebc2aac0f87fd84'
                        key: {
                            name: 'x_tlc_chat'
                            element: 'queue'
                            language: 'en'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: '14401703e63f4f2784fefb009d6d0f0f'
                        key: {
                            name: 'x_tlc_change'
                            element: 'caller'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: '14774584f23944aeb84766153e3c66e8'
                        key: {
                            name: 'x_tlc_chat'
                            element: 'conversation'
                            language: 'en'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: '172c9e3c0caa4ae6898be5b41ba660a0'
                        key: {
                            name: 'x_tlc_message'
                            element: 'chat'
                            language: 'en'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: '174336100908485b9718dd39faf18502'
                        key: {
                            name: 'x_tlc_change'
                            element: 'chat'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: '1f8817d0357d4891b1ec33c7b2ccf111'
                        key: {
                            name: 'x_tlc_message'
                            element: 'chat'
                        }
                    },
                    {
                        table: 'ua_table_licensing_config'
                        id: '29608061e4344e008fa11bc318bfbbe3'
                        key: {
                            name: 'x_tlc_chat'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: '2b42038febf24e31bf5604e1af06e9f3'
                        key: {
                            name: 'x_tlc_chat'
                            element: 'ended_by'
                        }
                    },
                    {
                        table: 'sys_db_object'
                        id: '2c3efeaf0a6d43b7abe38daeab28bd98'
                        key: {
                            name: 'x_tlc_message'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: '2fc18887eb074e90840d4c751254598a'
                        key: {
                            name: 'x_tlc_change'
                            element: 'author'
                            language: 'en'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: '301358342a634c2dac48986eea7cc64d'
                        key: {
                            name: 'x_tlc_chat'
                            element: 'number'
                            language: 'en'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: '35aef349d3aa4eadae6fc52085444c19'
                        key: {
                            name: 'x_tlc_chat'
                            element: 'first_message'
                            language: 'en'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: '36c160c198bc4850a656dcd8c6ef1aff'
                        key: {
                            name: 'x_tlc_change'
                            element: 'type'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: '37fb5691a44e402db86fd78288f16444'
                        key: {
                            name: 'x_tlc_chat'
                            element: 'work_item'
                            language: 'en'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: '391468cdbba6479b871e390b47af58a9'
                        key: {
                            name: 'x_tlc_message'
                            element: 'state'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: '399208c95038432fa7f5ec073fb1ac77'
                        key: {
                            name: 'x_tlc_message'
                            element: 'message_id'
                            language: 'en'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: '3b94aef28d8b45ca924d200b716e2de8'
                        key: {
                            name: 'x_tlc_chat'
                            element: 'opened_at'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: '484a930e445a413e81513dddb12e45e6'
                        key: {
                            name: 'x_tlc_chat'
                            element: 'number'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: '492640e580a341978ed1590947121c76'
                        key: {
                            name: 'x_tlc_change'
                            element: 'NULL'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: '4ad957990df84de69066cd038e4576f5'
                        key: {
                            name: 'x_tlc_chat'
                            element: 'attempts'
                        }
                    },
                    {
                        table: 'sys_index'
                        id: '4bad461622d642c3bc359d46bc251b4c'
                        key: {
                            logical_table_name: 'x_tlc_change'
                            col_name_string: 'caller,sequence'
                        }
                    },
                    {
                        table: 'sys_index'
                        id: '4dce1593d9324548a2142a75d6bfcef1'
                        key: {
                            logical_table_name: 'x_tlc_chat'
                            col_name_string: 'conversation'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: '4feefe05ded04b16aab6d3db49ed97aa'
                        key: {
                            name: 'x_tlc_change'
                            element: 'at'
                            language: 'en'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: '517872934fad4bcd807dd7f7a5d3efa8'
                        key: {
                            name: 'x_tlc_chat'
                            element: 'subject'
                            language: 'en'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: '51ee723956da41c9a55afb917876f142'
                        key: {
                            name: 'x_tlc_chat'
                            element: 'work_item'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: '52deab84cf874135ba698478ba8b862c'
                        key: {
                            name: 'x_tlc_change'
                            element: 'caller'
                            language: 'en'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: '539f965bbf994d4fb7888027603b156c'
                        key: {
                            name: 'x_tlc_message'
                            element: 'attempts'
                            language: 'en'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: '544d643a57cc483e89f3f8b2aed9884e'
                        key: {
                            name: 'x_tlc_claim'
                            element: 'key'
                            language: 'en'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: '549185a9cb6a4567aa155331287bced0'
                        key: {
                            name: 'x_tlc_chat'
                            element: 'turns'
                            language: 'en'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: '58b74b063dd542118875562a8bda14b4'
                        key: {
                            name: 'x_tlc_message'
                            element: 'NULL'
                            language: 'en'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: '59ff739e0a424f3386c4163f94f8afdf'
                        key: {
                            name: 'x_tlc_chat'
                            element: 'greeted'
                            language: 'en'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: '5e1274acd8184c60b39f8277e6467ff3'
                        key: {
                            name: 'x_tlc_message'
                            element: 'key'
                            language: 'en'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: '5ea35a0caf294b65adf83d3ed2790217'
                        key: {
                            name: 'x_tlc_chat'
                            element: 'caller'
                            language: 'en'
                        }
                    },
                    {
                        table: 'sys_index'
                        id: '60c85e10fb5d4c6cb48335d0105e9154'
                        key: {
                            logical_table_name: 'x_tlc_chat'
                            col_name_string: 'caller,state'
                        }
                    },
                    {
                        table: 'sys_user_role'
                        id: '615947ed0fc14d6c864e4630a4b09852'
                        key: {
                            name: 'x_tlc.admin'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: '67d42a70001748e8bfb636ac5e6934b6'
                        key: {
                            name: 'x_tlc_chat'
                            element: 'external_id'
                            language: 'en'
                        }
                    },
                    {
                        table: 'ua_table_licensing_config'
                        id: '693b0809ba5046fe8f5f5c69303345c5'
                        key: {
                            name: 'x_tlc_claim'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: '69a3674197324d96a0d400d1492d42b3'
                        key: {
                            name: 'x_tlc_change'
                            element: 'text'
                            language: 'en'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: '6be5af464c55487d957dc74a0822547d'
                        key: {
                            name: 'x_tlc_change'
                            element: 'external_id'
                            language: 'en'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: '6c8e7a0f1f304bea921ddc198e2fe0c8'
                        key: {
                            name: 'x_tlc_chat'
                            element: 'greeted'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: '6d6b8a14edf1441d9344ed5e9d91fc9e'
                        key: {
                            name: 'x_tlc_message'
                            element: 'message_id'
                        }
                    },
                    {
                        table: 'sys_db_object'
                        id: '7110e641407749ba9bda826767502a37'
                        key: {
                            name: 'x_tlc_claim'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: '71903570968048c99637cd10c0aef911'
                        key: {
                            name: 'x_tlc_chat'
                            element: 'binding'
                            language: 'en'
                        }
                    },
                    {
                        table: 'sys_db_object'
                        id: '759f9e7940d3422db935f476f1c45791'
                        key: {
                            name: 'x_tlc_change'
                        }
                    },
                    {
                        table: 'sys_index'
                        id: '77913168347f4b10977cba3b9ac9f96a'
                        key: {
                            logical_table_name: 'x_tlc_message'
                            col_name_string: 'chat,message_id'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: '77d747b9880643ab98c241dc7e9e00a3'
                        key: {
                            name: 'x_tlc_chat'
                            element: 'subject'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: '7b986cb3bab647aa854be774ca52b7a2'
                        key: {
                            name: 'x_tlc_chat'
                            element: 'rating'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: '7cfe31441f43454b9243cbe917436d90'
                        key: {
                            name: 'x_tlc_message'
                            element: 'external_id'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: '7ea6b6bfea404498a469e5521232b11e'
                        key: {
                            name: 'x_tlc_chat'
                            element: 'rating'
                            language: 'en'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: '82b871e2eb3545eeb82aa191273cfe13'
                        key: {
                            name: 'x_tlc_change'
                            element: 'at'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: '87400c6bed7b48c6a7b16574e756b0c3'
                        key: {
                            name: 'x_tlc_chat'
                            element: 'key'
                        }
                    },
                    {
                        table: 'sys_index'
                        id: '8c5a396952704589b3bb6ef407c1d092'
                        key: {
                            logical_table_name: 'x_tlc_chat'
                            col_name_string: 'interaction'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: '8d0eb4f99e324317bfdaabe867aa10a7'
                        key: {
                            name: 'x_tlc_chat'
                            element: 'external_id'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: '8ff97d8c19f24157b61a2c1135c2cd27'
                        key: {
                            name: 'x_tlc_change'
                            element: 'key'
                            language: 'en'
                        }
                    },
                    {
                        table: 'sys_index'
                        id: '9224737a524c4f6b8cc1602271395a04'
                        key: {
                            logical_table_name: 'x_tlc_change'
                            col_name_string: 'chat,sequence'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: '92c11d14b2d8424d94a148de42a2b76b'
                        key: {
                            name: 'x_tlc_chat'
                            element: 'state'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: '93598d14b1454f93a21068b5d806b77b'
                        key: {
                            name: 'x_tlc_chat'
                            element: 'queue'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: '9366a8efb5eb42e68a1cb32281331169'
                        key: {
                            name: 'x_tlc_chat'
                            element: 'key'
                            language: 'en'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: '94d09180d4d549d3a86b06c0c8bdc477'
                        key: {
                            name: 'x_tlc_change'
                            element: 'conversation'
                            language: 'en'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: '971f126025ae4e57be0e2639920c34f5'
                        key: {
                            name: 'x_tlc_chat'
                            element: 'attempts'
                            language: 'en'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: '9770b6373c6c4e21966b1fbf6eeaee39'
                        key: {
                            name: 'x_tlc_chat'
                            element: 'agent'
                            language: 'en'
                        }
                    },
                    {
                        table: 'sys_security_acl_role'
                        id: '9974cc3db93d4a6ab9d5373ce3b45500'
                        key: {
                            sys_security_acl: '8034616b2ced44aeaab2409af901ef26'
                            sys_user_role: {
                                id: '615947ed0fc14d6c864e4630a4b09852'
                                key: {
                                    name: 'x_tlc.admin'
                                }
                            }
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: 'a1e7ff976e21437b9923740e09a5e913'
                        key: {
                            name: 'x_tlc_change'
                            element: 'message_id'
                            language: 'en'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: 'a2d1a57aa30f4d59ac80eae7b7281512'
                        key: {
                            name: 'x_tlc_chat'
                            element: 'session'
                            language: 'en'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: 'a5222a606a664440a11b95b4ef5507e0'
                        key: {
                            name: 'x_tlc_change'
                            element: 'text'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: 'acbe1c378cc54113ab16c95e5a53b14e'
                        key: {
                            name: 'x_tlc_claim'
                            element: 'NULL'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: 'ad29b42275c24b9b822b6289db93ad2d'
                        key: {
                            name: 'x_tlc_chat'
                            element: 'state'
                            language: 'en'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: 'af931a848a2b460db559657aa52dffa3'
                        key: {
                            name: 'x_tlc_chat'
                            element: 'attempt_at'
                            language: 'en'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: 'b41475fb97bd49fd896a3e9efa97f872'
                        key: {
                            name: 'x_tlc_message'
                            element: 'sequence'
                            language: 'en'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: 'b4a93ffd1fab4846a31c82cd7245908c'
                        key: {
                            name: 'x_tlc_change'
                            element: 'external_id'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: 'b7bc29f802f844f09dddf19754a5a227'
                        key: {
                            name: 'x_tlc_message'
                            element: 'attempt_at'
                            language: 'en'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: 'b99f68d62fed4975bacd509815bdd51b'
                        key: {
                            name: 'x_tlc_message'
                            element: 'sequence'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: 'ba3e21a157e9465992fb927bca30df92'
                        key: {
                            name: 'x_tlc_message'
                            element: 'key'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: 'baa593906a2948d6b8efd267f52a9d8c'
                        key: {
                            name: 'x_tlc_change'
                            element: 'NULL'
                            language: 'en'
                        }
                    },
                    {
                        table: 'ua_table_licensing_config'
                        id: 'be52fa4c3ecf4684a4c45bf8f9a7b0b4'
                        key: {
                            name: 'x_tlc_message'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: 'bf5ce3c65f0c4a859d0597709de5d7f9'
                        key: {
                            name: 'x_tlc_change'
                            element: 'author'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: 'c37e7b763a6b481b9c45c461719f8b09'
                        key: {
                            name: 'x_tlc_claim'
                            element: 'NULL'
                            language: 'en'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: 'c5cd6ed3229b4f4d9cdcbf75a776729f'
                        key: {
                            name: 'x_tlc_chat'
                            element: 'requester'
                        }
                    },
                    {
                        table: 'sys_security_acl_role'
                        id: 'c609ac05f64544779eaeea7c33dfab14'
                        key: {
                            sys_security_acl: '8a9b0a2bc71045e48bc8163ab89e8dd6'
                            sys_user_role: {
                                id: '615947ed0fc14d6c864e4630a4b09852'
                                key: {
                                    name: 'x_tlc.admin'
                                }
                            }
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: 'c6b7ca911ba740e7a15ad4e543bf7ac2'
                        key: {
                            name: 'x_tlc_chat'
                            element: 'interaction'
                        }
                    },
                    {
                        table: 'sys_user_role'
                        id: 'c99ab920983c46c0a22061396e2938be'
                        key: {
                            name: 'x_tlc.connector'
                        }
                    },
                    {
                        table: 'sys_db_object'
                        id: 'cf04a4bc62d140e1905f8f103ab4641a'
                        key: {
                            name: 'x_tlc_chat'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: 'd1e211789eb24350b4ed6d3d5e6cd25a'
                        key: {
                            name: 'x_tlc_chat'
                            element: 'binding'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: 'd43923be0a654ab4a00b9377b2cbea92'
                        key: {
                            name: 'x_tlc_chat'
                            element: 'requester'
                            language: 'en'
                        }
                    },
                    {
                        table: 'sys_security_acl_role'
                        id: 'd46bbda4157146a8a1f3603e967b73ea'
                        key: {
                            sys_security_acl: 'e9f7c1756276469ca226a8f6bc0e90bc'
                            sys_user_role: {
                                id: '615947ed0fc14d6c864e4630a4b09852'
                                key: {
                                    name: 'x_tlc.admin'
                                }
                            }
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: 'd9560040c5f14f3e911636d17cc2aabf'
                        key: {
                            name: 'x_tlc_chat'
                            element: 'opened_at'
                            language: 'en'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: 'df1454889d9e4a3ca061ea47573f03ba'
                        key: {
                            name: 'x_tlc_chat'
                            element: 'interaction'
                            language: 'en'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: 'df22439cce9d428cbbfa7af170de2df3'
                        key: {
                            name: 'x_tlc_message'
                            element: 'attempt_at'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: 'e7fd556331604deb8f7f433075bdfd84'
                        key: {
                            name: 'x_tlc_change'
                            element: 'agent_name'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: 'e854748657fb4596a6d2d7ac02afbe2e'
                        key: {
                            name: 'x_tlc_chat'
                            element: 'first_message'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: 'ea82097c87124e4b953ed8f469059e79'
                        key: {
                            name: 'x_tlc_chat'
                            element: 'agent'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: 'eabd09c651644d88a89a3e0dd18bc876'
                        key: {
                            name: 'x_tlc_change'
                            element: 'conversation'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: 'eae3c9a574ff472ca8014897a09d2010'
                        key: {
                            name: 'x_tlc_change'
                            element: 'sequence'
                            language: 'en'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: 'ecc6b90c97004e96b67d3e4ad93ac049'
                        key: {
                            name: 'x_tlc_chat'
                            element: 'caller'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: 'ef0e4c7922db42eab08e2b0d33f17b5d'
                        key: {
                            name: 'x_tlc_chat'
                            element: 'turns'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: 'efa25e0b794e4fd78d681803b368a409'
                        key: {
                            name: 'x_tlc_change'
                            element: 'message_id'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: 'f0423ead74c847adbab7b769dd63894b'
                        key: {
                            name: 'x_tlc_chat'
                            element: 'conversation'
                        }
                    },
                    {
                        table: 'sys_security_acl_role'
                        id: 'f088bbec82da45afadfbe2c404faf116'
                        key: {
                            sys_security_acl: 'b6bb02b43e5145c88109de84deb8ca0f'
                            sys_user_role: {
                                id: '615947ed0fc14d6c864e4630a4b09852'
                                key: {
                                    name: 'x_tlc.admin'
                                }
                            }
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: 'f17ac39e30e14347ba534a3835758a6a'
                        key: {
                            name: 'x_tlc_chat'
                            element: 'NULL'
                            language: 'en'
                        }
                    },
                    {
                        table: 'sys_security_acl_role'
                        id: 'f1dcb979969a456fbb5351584cbeb826'
                        key: {
                            sys_security_acl: 'd126404b3f48473d8e0b0117c983e44a'
                            sys_user_role: {
                                id: 'c99ab920983c46c0a22061396e2938be'
                                key: {
                                    name: 'x_tlc.connector'
                                }
                            }
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: 'f30e374dc80b41fead1e2a19619b72cc'
                        key: {
                            name: 'x_tlc_change'
                            element: 'type'
                            language: 'en'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: 'f5237d6f811c4419b554ffe0bbc18324'
                        key: {
                            name: 'x_tlc_message'
                            element: 'state'
                            language: 'en'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: 'f799b8f2b15d49598b6dac78d4a4f0e4'
                        key: {
                            name: 'x_tlc_message'
                            element: 'external_id'
                            language: 'en'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: 'f7d454a108e948058523ff90e681eb72'
                        key: {
                            name: 'x_tlc_change'
                            element: 'chat'
                            language: 'en'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: 'fb87d2ade08848f283a06d3306706c61'
                        key: {
                            name: 'x_tlc_chat'
                            element: 'attempt_at'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: 'fbee52e5ede44ee99dd8aa0d72102fb7'
                        key: {
                            name: 'x_tlc_change'
                            element: 'attachments'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: 'fc6418203f7848ee8a91552df67873c4'
                        key: {
                            name: 'x_tlc_chat'
                            element: 'session'
                        }
                    },
                    {
                        table: 'ua_table_licensing_config'
                        id: 'fcf23e1f17a5408cb1270d1f4a998fc2'
                        key: {
                            name: 'x_tlc_change'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: 'ffb3d05800734e06a42929169f88db44'
                        key: {
                            name: 'x_tlc_message'
                            element: 'NULL'
                        }
                    },
                ]
            }
        }
    }
}
